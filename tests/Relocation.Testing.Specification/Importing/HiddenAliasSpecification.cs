using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Tables and columns may have any name, that of an alias in a statement of ours too.</summary>
[Case("alias")]
public abstract class HiddenAliasSpecification(DatabaseUnderTest engine)
{
    /// <summary>Names that statements of resets, look-ups and imports use, or that would be used first.</summary>
    private static readonly string[] Names = ["t", "s", "k", "b", "v", "a", "u", "i", "h", "p", "n", "d", "l", "marks", "whole", "highest"];

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResetStrategy.Automatic)]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task Rows_are_put_back_whatever_tables_and_columns_are_called(ResetStrategy strategy)
    {
        var columns = string.Join(", ", Names.Skip(1).Select(name => $"{name} text"));
        var rows = Names.Select(name => $"CREATE TABLE {name} ({Names[0]} integer PRIMARY KEY, {columns});\n"
            + $"INSERT INTO {name} (t, s, k) VALUES (1, 'x', 'y'), (2, 'x', NULL), (3, NULL, 'z');\n"
            + $"CREATE UNIQUE INDEX {name}_v ON {name} (v);\n");
        await using var database = await engine.CreateAsync(string.Concat(rows), reset: new ResetOptions { Strategy = strategy });
        var before = await engine.FingerprintAsync(database);

        foreach (var change in Names.SelectMany(Changes))
        {
            await database.RunAsync(change);
            Assert.NotEqual(before, await engine.FingerprintAsync(database));
            await database.ResetAsync(Cancel);
            Assert.Equal((change, before), (change, await engine.FingerprintAsync(database)));
        }
    }

    [Theory]
    [InlineData(CollisionPolicy.Merge)]
    [InlineData(CollisionPolicy.Overwrite)]
    public async Task Rows_are_found_again_whatever_tables_and_columns_are_called(CollisionPolicy policy)
    {
        var entities = Names.Select(name => _made.Entity(name, [.. Names.Select(field => _made.Field(field, FieldType.Text, nullable: true))]) with
        {
            Uniques = [new UniqueSet { Fields = ["t"] }, new UniqueSet { Fields = ["v"], Condition = "a IS NOT NULL" }],
        });
        await using var database = await engine.ModelAsync([.. entities]);
        var backup = Made.Backup(string.Join('\n', Names.Select(name => $"{name} 1 {{\"t\":\"x\",\"v\":\"y\",\"a\":\"z\"}}")));
        await database.ImportAsync(backup, null, Cancel);
        var before = await engine.FingerprintAsync(database);

        var again = await database.ImportAsync(backup, new ImportOptions { OnCollision = policy }, Cancel);

        Assert.All(again.Models, model => Assert.Equal((1, 0), (model.Existing + model.Overwritten, model.Inserted)));
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    private IEnumerable<string> Changes(string table) =>
    [
        $"DELETE FROM {table}",
        $"DELETE FROM {table} WHERE t = 2",
        $"UPDATE {table} SET v = 'changed', s = NULL WHERE t = 1",
        $"INSERT INTO {table} (t, v) VALUES (4, 'new')",
        .. engine.Target.Engine.Name == "SQLite" ? Array.Empty<string>() : [$"TRUNCATE {table}"],
    ];
}
