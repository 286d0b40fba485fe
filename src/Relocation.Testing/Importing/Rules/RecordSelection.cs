using System.Globalization;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>The records of a backup while <see cref="ImportRule.Choose"/> chooses among them.</summary>
public sealed class RecordSelection
{
    private readonly IChoosableRecords _source;

    internal RecordSelection(IChoosableRecords source) => _source = source;

    /// <summary>
    /// Finds out which of the values that a rule takes records by are those of no record, before it leaves any out; each becomes a finding of the
    /// result (<see cref="ImportFindingKind.FilterValue"/>).
    /// </summary>
    /// <param name="model">The model's label.</param>
    /// <param name="field">A field that the rule names among its fields.</param>
    /// <param name="values">The values that are asked for, as text.</param>
    public void Expect(ModelLabel model, string field, IReadOnlyCollection<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        HashSet<string> found = values.Count == 0
            ? []
            : Of(model).Select(record => Convert.ToString(record[field], CultureInfo.InvariantCulture) ?? string.Empty).ToHashSet(StringComparer.Ordinal);
        foreach (var value in values.Where(value => !found.Contains(value)).Order(StringComparer.Ordinal))
        {
            _source.NoteUnmatched(model, field, value, found);
        }
    }

    /// <summary>Adds to the findings of the result (<see cref="ImportResult.Findings"/>).</summary>
    /// <param name="finding">What the rule has found: a message without values of records.</param>
    public void Report(ImportFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        _source.Note(finding);
    }

    /// <summary>The records of a model that are in scope and that nothing has left out yet, in the order of the backup.</summary>
    /// <param name="model">The model's label.</param>
    public IEnumerable<SelectedRecord> Of(ModelLabel model) => _source.Of(model);
}
