namespace Relocation.Testing.Inner.NUnit;

public sealed class SnapshotTests : TagTests
{
    [Test]
    public Task Map_that_differs() => CheckAsync(Database.Baseline[0].Map);

    [TestCase("a/b", 1.5)]
    public Task Text_that_nobody_approved(string name, double number) => CheckAsync($"{name} {number}");
}
