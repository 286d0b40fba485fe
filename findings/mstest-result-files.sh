#!/usr/bin/env bash
# MSTest 4.5.2: a file that a test attaches by TestContext.AddResultFile is printed under its test as the path of a copy, in
# TestResults/.mstest-…, and that copy is deleted when the run ends: the path that a person is shown leads nowhere. The original stays. A file that does
# not exist is listed likewise, without an error.
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
public sealed class Files
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Attaches()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("folder")!, "kept-rows.txt");
        File.WriteAllText(file, "rows");
        TestContext.AddResultFile(file);
        Assert.Fail("so that it is shown");
    }

    [TestMethod]
    public void Attaches_what_is_not_there()
    {
        TestContext.AddResultFile(Path.Combine(Environment.GetEnvironmentVariable("folder")!, "no-such-file.txt"));
        Assert.Fail("so that it is shown");
    }
}
CS

cat >expected <<'TXT'
shown in TestResults/.mstest-RUN: 1, there afterwards: 0
original there: 1
no-such-file.txt shown: 1
TXT
dotnet build -v q -nologo >build || { cat build; exit 1; }
dotnet run --no-build >run 2>&1 || true
shown=$(grep -o '/.*kept-rows.txt' run | head -1)
{
    echo "shown in TestResults/.mstest-RUN: $(grep -c '/\.mstest-' <<<"$shown" || true), there afterwards: $([[ -e $shown ]] && echo 1 || echo 0)"
    echo "original there: $([[ -e kept-rows.txt ]] && echo 1 || echo 0)"
    echo "no-such-file.txt shown: $(grep -c 'no-such-file.txt' run | sed 's/^[1-9].*/1/')"
} >seen
diff expected seen && echo "As described." || { cat run; exit 1; }
