namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class SnapshotTests : TagTests
{
    [TestMethod]
    public Task Map_that_differs() => CheckAsync(Database.Baseline[0].Map);

    [TestMethod]
    [DataRow("a/b", 1.5)]
    public Task Text_that_nobody_approved(string name, double number) => CheckAsync($"{name} {number}");
}
