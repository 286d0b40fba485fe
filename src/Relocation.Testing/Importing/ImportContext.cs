using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Collisions;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing;

/// <summary>What all steps of one import share.</summary>
internal sealed record ImportContext(
    ImportOptions Options,
    LayoutSet Layouts,
    KeyTables Tables,
    Problems Problems,
    GeneratedValues Generated)
{
    /// <summary>Numbers for the rows of members.</summary>
    internal RowNumbers Numbers { get; } = new();

    /// <summary>The unique values of members' rows in the backup, which no other row is to be given.</summary>
    internal MemberValues MemberValues { get; init; } = new();

    /// <summary>How texts are read that may be JSON.</summary>
    internal required JsonTextEvidence JsonTexts { get; init; }

    /// <summary>The elements of members that were left out.</summary>
    internal List<DroppedElement> DroppedElements { get; } = [];
}
