#!/usr/bin/env bash
# MSTest 4.5.2: two things about [Timeout] that its name does not tell. It covers [TestInitialize]: when setting up takes longer, the test fails as timed
# out and its body never runs. And with CooperativeCancellation a test that ran ten times its limit, because its body catches the cancellation and goes
# on, is reported as passed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export folder
cd "$folder"

cat >Tests.csproj <<'XML'
<Project Sdk="MSTest.Sdk/4.5.2">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
XML

cat >Tests.cs <<'CS'
using Microsoft.VisualStudio.TestTools.UnitTesting;

[TestClass]
public sealed class SetUp
{
    [TestInitialize]
    public async Task Initialize() => await Task.Delay(3000);

    [TestMethod]
    [Timeout(1000)]
    public void Test1() => File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "body"), "ran");
}

[TestClass]
public sealed class Cooperative
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(300, CooperativeCancellation = true)]
    public async Task Test2()
    {
        try
        {
            await Task.Delay(30_000, TestContext.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Task.Delay(3000);
            File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "late"), "went on");
        }
    }
}
CS

cat >expected <<'TXT'
SetUp: exit 2, timed out 1, body did not run
Cooperative: exit 0, went on
TXT
dotnet build -v q -nologo >build || { cat build; exit 1; }
status=0
dotnet run --no-build -- --filter ClassName=SetUp >run 2>&1 || status=$?
echo "SetUp: exit $status, timed out $(grep -ci 'timed out' run | sed 's/^[1-9].*/1/'), body $([[ -e body ]] && echo ran || echo did not run)" >seen
status=0
dotnet run --no-build -- --filter ClassName=Cooperative >run 2>&1 || status=$?
echo "Cooperative: exit $status, $(cat late)" >>seen
diff expected seen && echo "As described."
