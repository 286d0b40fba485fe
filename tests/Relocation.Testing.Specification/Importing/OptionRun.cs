using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>An import with a pair of options that has succeeded.</summary>
/// <param name="Database">The database.</param>
/// <param name="Backup">The backup.</param>
/// <param name="Options">The options.</param>
/// <param name="Result">The result.</param>
internal sealed record OptionRun(TestDatabase Database, Backup Backup, ImportOptions Options, ImportResult Result)
{
    /// <summary>What a query gives.</summary>
    internal Task<string> TextAsync(string sql) => Database.TextAsync(sql);
}
