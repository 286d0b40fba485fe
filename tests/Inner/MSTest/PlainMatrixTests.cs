namespace Relocation.Testing.Inner.MSTest;

/// <summary>Nothing makes a database for it.</summary>
[TestClass]
public sealed class PlainMatrixTests
{
    [BackupMatrix("../backups/*.json")]
    public void Matrix_of_a_plain_class() => Assert.Fail("It has no database.");
}
