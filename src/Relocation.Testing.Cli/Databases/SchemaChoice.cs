namespace Relocation.Testing.Cli.Databases;

/// <summary>Whether the model's tables are created before an import.</summary>
internal enum SchemaChoice
{
    /// <summary>When the database has none of them.</summary>
    WhenMissing,

    /// <summary>Always; a database that has some of them is refused.</summary>
    Create,

    /// <summary>Never.</summary>
    Leave,
}
