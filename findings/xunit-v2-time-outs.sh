#!/usr/bin/env bash
# xunit 2.9.3 with runner 4.0.1: when a [Fact(Timeout = …)] runs out of time, DisposeAsync of IAsyncLifetime is never called, neither then nor when the
# body ends. Dispose is called at once, while the body still runs. A test that ends in time has both. So what a class opens in InitializeAsync and closes
# in DisposeAsync stays open after a time-out, and what Dispose closes is closed under the feet of the body.
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

public abstract class Noted : IAsyncLifetime, IDisposable
{
    private readonly Lock _lock = new();

    public Task InitializeAsync() => Note("initialize");

    public Task DisposeAsync() => Note("dispose-async");

    public void Dispose() => Note("dispose");

    protected Task Note(string what)
    {
        lock (_lock)
        {
            File.AppendAllText(Path.Combine(Environment.GetEnvironmentVariable("folder")!, GetType().Name), what + " ");
        }

        return Task.CompletedTask;
    }
}

public sealed class InTime : Noted
{
    [Fact(Timeout = 20_000)]
    public async Task Test()
    {
        await Task.Delay(1);
        await Note("body-ends");
    }
}

public sealed class TooLate : Noted
{
    [Fact(Timeout = 300)]
    public async Task Test()
    {
        await Task.Delay(3000);
        await Note("body-ends");
    }
}

public sealed class Waits
{
    [Fact]
    public Task Until_the_other_body_has_ended() => Task.Delay(6000);
}
CS

cat >expected <<'TXT'
InTime: initialize body-ends dispose-async dispose 
TooLate: initialize dispose body-ends 
TXT
dotnet test -v q -nologo >run 2>&1 || true
for name in InTime TooLate; do echo "$name: $(cat $name)"; done >seen
sed -i 's/ $//' expected seen
diff expected seen && echo "As described."
