namespace Relocation.Testing.Outside.XunitV2;

public sealed class MatrixTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    // begin-snippet: xunit-v2-matrix
    [BackupMatrix("../*.json")]
    public Task Map_of_a_backup() => CheckAsync(Database.Baseline[0].Map);
    // end-snippet
}
