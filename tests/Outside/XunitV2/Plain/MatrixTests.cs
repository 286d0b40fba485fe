namespace Relocation.Testing.Outside.XunitV2.Plain;

// begin-snippet: xunit-v2-plain-matrix
public sealed class MatrixTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var found in BackupFiles.FindCases("../../*.json"))
            {
                data.Add(found.Name, found.Engine.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Backup_still_imports(string backup, string engine)
    {
        var found = BackupFiles.FindCases("../../*.json").Single(one => one.Name == backup && one.Engine.Name == engine);
        await using var database = await TestDatabase.CreateAsync(new TestDatabaseOptions<ShopContext>
        {
            Target = found.CreateTarget(),
            Baseline = [found.Backup],
        });
        await ApprovedSnapshot.CheckAsync(
            database.Baseline[0].Map,
            new SnapshotOptions { Name = SnapshotName.Of(typeof(MatrixTests), nameof(Backup_still_imports), ("backup", backup)) });
    }
}
// end-snippet
