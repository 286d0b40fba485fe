using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>Leaves records out that a filter does not take, and with them the records that cannot do without those.</summary>
internal sealed class FilterDecision(ImportContext context) : Decision, IChoosableRecords
{
    private readonly Dictionary<(ModelLabel Model, string Reason), long> _counts = [];
    private readonly HashSet<KeyTable> _touched = [];

    /// <summary>How many records of each model were left out, and why, in the order of the plan.</summary>
    internal IReadOnlyList<FilteredRecords> Counts =>
    [
        .. _counts.OrderBy(count => context.Plan.Find(count.Key.Model)!.Rank).ThenBy(count => count.Key.Reason, StringComparer.Ordinal)
            .Select(count => new FilteredRecords(count.Key.Model, count.Key.Reason, count.Value)),
    ];

    /// <summary>The values of filters that no record has, and what rules have found.</summary>
    internal List<ImportFinding> Unmatched { get; } = [];

    /// <summary>The records of a model that nothing has left out yet.</summary>
    public IEnumerable<SelectedRecord> Of(ModelLabel model)
    {
        if (context.Tables.Find(model) is not { } table)
        {
            yield break;
        }

        var source = new SelectableRecords(table, context.Noted.Values.GetValueOrDefault(table.Entity.Label), this);
        for (var rank = 0; rank < table.Count; rank++)
        {
            if (table.StateOf(rank) == RecordState.Taken)
            {
                yield return new SelectedRecord(source, rank);
            }
        }
    }

    /// <summary>A value of a filter that no record has becomes a finding.</summary>
    public void NoteUnmatched(ModelLabel model, string field, string value, IReadOnlyCollection<string> found)
    {
        IReadOnlyList<string> near = context.Options.IncludeValuesInErrors ? NearMiss.Of(value, found) : [];
        Unmatched.Add(new ImportFinding(
            ImportFindingKind.FilterValue,
            RuleErrors.FilterValueUnmatched(
                $"{model}.{field}", value, near.Count == 0 ? string.Empty : $" Did you mean {string.Join(" or ", near.Select(each => $"'{each}'"))}?"))
        {
            Model = model,
        });
    }

    /// <inheritdoc />
    public void Note(ImportFinding finding) => Unmatched.Add(finding);

    internal void LeaveOut(KeyTable table, int rank, string reason)
    {
        if (table.StateOf(rank) == RecordState.Taken)
        {
            table.Exclude(rank, RecordState.Filtered);
            _touched.Add(table);
            var count = (table.Entity.Label, reason);
            _counts[count] = _counts.GetValueOrDefault(count) + 1;
        }
    }

    /// <summary>Applies the filters, then follows references to what was left out, and numbers what remains.</summary>
    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var options = context.Options;
        if (!ModelPolicies.MayFilter(options))
        {
            return Task.CompletedTask;
        }

        var selection = new RecordSelection(this);
        foreach (var (label, filter) in options.Models.Where(model => model.Value.Filter is not null)
            .Select(model => (model.Key, model.Value.Filter!)))
        {
            if (filter.Values is { } values)
            {
                selection.Expect(label, filter.Fields[0], values);
            }

            foreach (var record in selection.Of(label).Where(record => !filter.Takes(record)))
            {
                record.LeaveOut($"filter on {filter.Name}");
            }
        }

        foreach (var rule in options.Rules)
        {
            rule.Choose(selection);
        }

        Spread(tables);
        foreach (var table in _touched)
        {
            table.CompleteScopes();
        }

        return Task.CompletedTask;
    }

    /// <summary>In plan order one round follows everything but cycles; rounds go on until nothing changes.</summary>
    private void Spread(IReadOnlyList<KeyTable> tables)
    {
        for (var before = -1; before != _counts.Values.Sum();)
        {
            before = (int)_counts.Values.Sum();
            foreach (var table in tables)
            {
                foreach (var reference in NeededReferences.OfFilters(table.Entity))
                {
                    if (context.Tables.Find(reference.Target) is { } target && _touched.Contains(target))
                    {
                        Spread(table, reference, target, context.Noted.Facts.GetValueOrDefault(table.Entity.Label));
                    }
                }
            }
        }
    }

    private void Spread(KeyTable table, RelocationReference reference, KeyTable target, FieldFacts? facts)
    {
        var state = new ReferenceState(table.Entity, reference, target, UnresolvedReferencePolicy.Drop);
        for (var rank = 0; rank < table.Count; rank++)
        {
            if (table.StateOf(rank) != RecordState.Taken || !NeededReferences.IsRequired(table.RowsOf(rank), reference))
            {
                continue;
            }

            state.ReadParts(table, rank, facts);
            if (state.OldKey() is { } key && state.Find(key, out _) == DropReason.Filtered)
            {
                LeaveOut(table, rank, $"needs {target.Entity.Label} by {reference.Name}");
            }
        }
    }
}
