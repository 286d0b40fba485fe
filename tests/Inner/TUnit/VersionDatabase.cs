namespace Relocation.Testing.Inner.TUnit;

/// <summary>What a case does not say itself; its version and target are the case's.</summary>
public sealed class VersionDatabase : RelocationFixture
{
    protected override TestDatabaseOptions Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Model = RelocationModel.Create("none", []),
    };
}
