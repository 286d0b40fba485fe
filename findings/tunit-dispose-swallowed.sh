#!/usr/bin/env bash
# TUnit 1.81.10: what Dispose or DisposeAsync of a test class throws is lost. The test is reported as passed, nothing of the exception is printed, and
# the run ends with 0. What a hook with [After(Test)] throws fails the test. So a class that gives something back, or checks something, in DisposeAsync
# never tells that this failed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export folder
cd "$folder"

cat >Tests.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TUnit" Version="1.81.10" />
  </ItemGroup>
</Project>
XML

cat >Tests.cs <<'CS'
public sealed class Disposed : IAsyncDisposable
{
    [Test]
    public void Test1() => File.AppendAllText(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "calls"), "body ");

    public ValueTask DisposeAsync()
    {
        File.AppendAllText(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "calls"), "dispose");
        throw new InvalidOperationException("from DisposeAsync");
    }
}

public sealed class Hooked
{
    [Test]
    public void Test2() { }

    [After(Test)]
    public void After() => throw new InvalidOperationException("from After");
}
CS

cat >expected <<'TXT'
Disposed: exit 0, body dispose, named 0
Hooked: exit 2, named 1
TXT
dotnet build -v q -nologo >build || { cat build; exit 1; }
status=0
dotnet run --no-build -- --treenode-filter '/*/*/Disposed/*' >run 2>&1 || status=$?
echo "Disposed: exit $status, $(cat calls), named $(grep -c 'from DisposeAsync' run || true)" >seen
status=0
dotnet run --no-build -- --treenode-filter '/*/*/Hooked/*' >run 2>&1 || status=$?
echo "Hooked: exit $status, named $(grep -c 'InvalidOperationException: from After' run | sed 's/^[1-9].*/1/')" >>seen
diff expected seen && echo "As described."
