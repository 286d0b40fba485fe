using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Noting;

/// <summary>What all steps of one import share.</summary>
/// <param name="Plan">The order of the models, and what their rows look like.</param>
/// <param name="Options">What to take and how.</param>
/// <param name="Tables">The records, and what is decided about each.</param>
/// <param name="Noted">What was noted of records while the backup was indexed.</param>
/// <param name="Problems">What is wrong with the records.</param>
internal sealed record ImportContext(ImportPlan Plan, ImportOptions Options, KeyTables Tables, NotedRecords Noted, Problems Problems)
{
    internal LayoutSet Layouts { get; } = LayoutSet.Of(Plan.Model);

    /// <summary>The records of each model, in the order of the plan.</summary>
    internal IReadOnlyList<KeyTable> Models { get; } = [.. Plan.Models.Select(planned => Tables[planned.Entity])];

    /// <summary>Values that the import invents.</summary>
    internal GeneratedValues Generated { get; } = new(Options.Seed, Options.Clock.GetUtcNow());

    /// <summary>Numbers for the rows of members.</summary>
    internal RowNumbers Numbers { get; } = new();

    /// <summary>Records that stand for rows that came with the tables, and say something else.</summary>
    internal SeedDifferences Seeds { get; } = new();

    /// <summary>The elements of members that were left out.</summary>
    internal List<DroppedElement> DroppedElements { get; } = [];
}
