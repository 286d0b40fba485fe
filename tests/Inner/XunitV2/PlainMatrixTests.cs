namespace Relocation.Testing.Inner.XunitV2;

/// <summary>Nothing makes a database for it.</summary>
public sealed class PlainMatrixTests
{
    [BackupMatrix("../backups/*.json")]
    public void Matrix_of_a_plain_class() => throw new InvalidOperationException("It has no database.");
}
