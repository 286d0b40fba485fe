using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;

namespace Relocation.Testing.Importing.Noting;

/// <summary>What one import is made of.</summary>
/// <param name="Plan">The order of the models.</param>
/// <param name="Engine">The kind of database.</param>
/// <param name="Options">What to take and how.</param>
/// <param name="Content">The backup.</param>
/// <param name="Patience">How long others are waited for.</param>
internal sealed record ImportSetup(ImportPlan Plan, DatabaseEngine Engine, ImportOptions Options, BackupContent Content, Patience Patience)
{
    /// <summary>What is wrong with the backup's records.</summary>
    internal Problems Problems { get; } = new(Content, Options.IncludeValuesInErrors);
}
