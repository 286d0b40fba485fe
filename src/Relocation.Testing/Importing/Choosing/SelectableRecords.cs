using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>The records of a backup's model, from which filters and rules choose.</summary>
internal sealed class SelectableRecords(KeyTable table, RecordValues? values, FilterDecision filters) : ISelectable
{
    public RecordKey KeyOf(int rank) => table.Records.Keys[rank];

    public object? ValueOf(int rank, string field)
    {
        var part = table.Entity.PositionInKey(field);
        return part >= 0
            ? PlainValue.Of(KeyOf(rank).Parts[part])
            : values is not null && values.Has(field) ? values[field, rank] : throw RuleErrors.FieldNotNamed(table.Entity, field);
    }

    public void LeaveOut(int rank, string reason) => filters.LeaveOut(table, rank, reason);
}
