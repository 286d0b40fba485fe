#!/usr/bin/env bash
# xunit 2.9.3 with runner 4.0.1: when the DisposeAsync of a class fixture throws, the closing line is "Passed! - Failed: 0, Passed: 1" while the exit code
# is 1. A line "Test Class Cleanup Failure" names the class and the exception's type, but nothing shows its message. And where the fixture's InitializeAsync throws, its DisposeAsync is called nevertheless, on an object that is half made; the test
# class's is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export folder
cd "$folder"

cat >Tests.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
    <PackageReference Include="xunit" Version="2.9.3" />
    <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
  </ItemGroup>
</Project>
XML

cat >Tests.cs <<'CS'
using Xunit;

public sealed class Leaving : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => throw new InvalidOperationException("from the fixture's DisposeAsync");
}

public sealed class WithLeaving : IClassFixture<Leaving>
{
    [Fact]
    public void Test1() { }
}

public sealed class HalfMade : IAsyncLifetime
{
    public Task InitializeAsync() => throw new InvalidOperationException("from the fixture's InitializeAsync");

    public Task DisposeAsync() => File.WriteAllTextAsync(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "disposed"), "yes");
}

public sealed class WithHalfMade : IClassFixture<HalfMade>
{
    [Fact]
    public void Test2() { }
}
CS

cat >expected <<'TXT'
fixture that throws in DisposeAsync: exit 1, Passed! 1, class named 1, message 0
fixture that throws in InitializeAsync: exit 1, disposed yes
TXT
dotnet build -v q -nologo >build || { cat build; exit 1; }
status=0
dotnet test --no-build --filter FullyQualifiedName~WithLeaving >run 2>&1 || status=$?
echo "fixture that throws in DisposeAsync: exit $status, Passed! $(grep -c '^Passed!  - Failed:     0, Passed:     1' run || true), class named $(grep -c 'Test Class Cleanup Failure (WithLeaving)' run || true), message $(grep -c "from the fixture" run || true)" >seen
status=0
dotnet test --no-build --filter FullyQualifiedName~WithHalfMade >run 2>&1 || status=$?
echo "fixture that throws in InitializeAsync: exit $status, disposed $(cat disposed)" >>seen
diff expected seen && echo "As described." || { cat run; exit 1; }
