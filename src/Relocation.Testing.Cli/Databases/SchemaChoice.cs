namespace Relocation.Testing.Cli.Databases;

/// <summary>Whether the model's tables are created before an import.</summary>
internal enum SchemaChoice
{
    /// <summary>If the database has none of them.</summary>
    WhenMissing,

    /// <summary>Always; a database with some of them is refused.</summary>
    Create,

    /// <summary>Never.</summary>
    Leave,
}
