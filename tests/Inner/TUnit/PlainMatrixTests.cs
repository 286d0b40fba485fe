namespace Relocation.Testing.Inner.TUnit;

/// <summary>Nothing makes a database for it.</summary>
public sealed class PlainMatrixTests
{
    [Test]
    [BackupMatrix("../backups/*.json")]
    public void Matrix_of_a_plain_class(BackupCase backup) => Assert.Fail("It has no database.");
}
