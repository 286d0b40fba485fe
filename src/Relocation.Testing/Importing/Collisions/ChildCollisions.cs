using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>The collisions of rows of a member that wait to be written; the database has all earlier rows by then.</summary>
internal sealed class ChildCollisions : UniqueCollisions
{
    private readonly ChildRows _child;
    private readonly RowLookup[][] _lookups;
    private readonly int[][] _columns;
    private readonly List<(RowBatch Batch, int Row)> _rows;
    private readonly HashSet<int> _left = [];
    private readonly HashSet<RecordKey> _displaced = [];
    private readonly HashSet<RecordKey> _displacedOfBackup = [];
    private bool _hasNewKeys;

    internal ChildCollisions(ChildRows child, ImportTransaction transaction, ImportContext context)
        : base(context, transaction, child.Checks)
    {
        _child = child;
        _rows = child.Positions();
        _columns = [.. child.Checks.Select(check => check.AllFields.Select(ColumnOf).ToArray())];
        _lookups = [.. child.Checks.Select(check => (RowLookup[])[check.Policy == CollisionPolicy.Overwrite
            ? child.Layout.WithWholeKeys(check.Lookups[0])
            : check.Lookups[0]])];
    }

    protected override RelocationEntity Entity => _child.Layout.Rows.Entity;

    /// <exception cref="RowRefusedException">The database refused to delete what others take the place of.</exception>
    internal async Task DecideAsync(CancellationToken cancellationToken)
    {
        if (_child.HighestKey is null && _child.Checks.Any(check => check is { IsKey: true, Changed.Type: FieldType.Integer }))
        {
            var table = _child.Layout.Rows.Parts[0].Table;
            _child.HighestKey = await Transaction.ReadHighWaterMarkAsync(table, cancellationToken).ConfigureAwait(false);
        }

        await DecideAsync([.. Enumerable.Range(0, _rows.Count)], cancellationToken).ConfigureAwait(false);
        if (_displaced.Count > 0 && Context.Problems.Count == 0)
        {
            await CountWithinAsync(_child, [.. _displacedOfBackup], cancellationToken).ConfigureAwait(false);
            await ChildReplacement.DeleteRowsAsync(_child.Layout, [.. _displaced], Transaction, cancellationToken).ConfigureAwait(false);
        }

        if (_hasNewKeys)
        {
            _child.PassOnKeys();
        }

        _child.Remove(_left);
    }

    protected override IReadOnlyList<RowLookup> LookupsOf(int check) => _lookups[check];

    protected override object?[] ValuesOf(int check, int row) => [.. _columns[check].Select(column => ValueOf(row, column))];

    protected override object? ValueOf(int row, RelocationField field) => ValueOf(row, ColumnOf(field));

    protected override Hit? HitOf(int check, int row, UniqueValues own, RecordKey? found)
    {
        RecordKey? stored = found is { } key && !_displaced.Contains(key) ? key : null;
        int? waiting = Claimed[check].TryGetValue(own, out var other) && !_left.Contains(other) ? other : null;
        return stored is null && waiting is null
            ? null
            : new Hit(Checks[check], stored, waiting, _child.Claimed[check]?.TryGetValue(own, out var rank) == true ? rank : null);
    }

    protected override void Claim(int check, UniqueValues own, int row)
    {
        if (_left.Contains(row))
        {
            return;
        }

        Claimed[check][own] = row;
        if (_child.Claimed[check] is { } ranks)
        {
            ranks[own] = RankOf(row);
        }
    }

    protected override bool Join(int row, List<Hit> hits)
    {
        var joining = hits.Find(hit => hit.Check.Policy == CollisionPolicy.Merge) ?? hits.Find(hit => hit.Check.Policy == CollisionPolicy.Overwrite);
        if (joining is not null && _child.Layout.Child.IsRequired)
        {
            Refuse(row, CollisionErrors.RequiredMemberTaken(joining.Check, _child.Layout.Child.Name));
            return true;
        }

        var displaced = hits.FindAll(hit => hit.Check.Policy == CollisionPolicy.Overwrite);
        if (joining?.Check.Policy == CollisionPolicy.Merge || displaced.Exists(hit => hit.Rank > RankOf(row)))
        {
            _left.Add(row);
            return true;
        }

        displaced.ForEach(Displace);
        return false;
    }

    protected override string Failure(UniqueCheck check) => CollisionErrors.CollisionOfMember(check, _child.Layout.Child.Name);

    /// <summary>Has a row make way for one with the same values that comes later.</summary>
    private void Displace(Hit hit)
    {
        if (hit.Waiting is { } waiting)
        {
            _left.Add(waiting);
        }

        if (hit.Row is { } row && _displaced.Add(row) && hit.Rank is not null)
        {
            _displacedOfBackup.Add(row);
        }
    }

    protected override void GiveOther(int row, UniqueCheck check, object? own, int attempt)
    {
        var field = check.Changed!;

        // Rows that are read later keep the values that they have. A Guid, which only a key may be here, has no suffix.
        var policy = field.Type == FieldType.Guid ? CollisionPolicy.Regenerate : check.Policy;
        object value;
        var skipped = 0;
        do
        {
            value = field.Type == FieldType.Integer
                ? (_child.HighestKey = _child.HighestKey!.Value + 1).Value
                : ValueFinder.Find(
                    policy, field, own as string, Context.Generated, Entity.Label, KeyOf(row), attempt + (MostAttempts * skipped++));
        }
        while (Context.Noted.MemberValues.Holds(field, value) && skipped < MostAttempts);

        var (batch, at) = _rows[row];
        var column = ColumnOf(field);
        batch.CellAt(at, column) = ValueReader.MustBe(_child.Layout.Rows.Columns[column], value, batch);
        _hasNewKeys |= check.IsKey;
    }

    protected override void Refuse(int row, string message)
    {
        var records = _child.Reader.Table.Records;
        var rank = RankOf(row);
        Context.Problems.Add(
            BackupProblemKind.Collision, message, records.PlaceOf(rank, Context.Problems.Shown(records.Keys[rank])) with { Rank = rank });
    }

    /// <summary>Rows of the backup that are written already and make way for later ones, with all that hangs on them, were written for nothing.</summary>
    private async Task CountWithinAsync(ChildRows child, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        child.Counts.Existing += keys.Count;
        foreach (var inner in keys.Count == 0 ? [] : child.Reader.Children)
        {
            var found = await ChildReplacement.FindAsync(inner.Layout, keys, Transaction, cancellationToken).ConfigureAwait(false);
            await CountWithinAsync(inner, found, cancellationToken).ConfigureAwait(false);
        }
    }

    private int RankOf(int position) => _rows[position].Batch.Ranks[_rows[position].Row];

    /// <summary>The row's own key: that of its owner and its number, or whatever tells it from others.</summary>
    private RecordKey KeyOf(int position)
    {
        var parts = Enumerable.Range(0, Entity.Key.Fields.Count)
            .Select(part => PlainValue.KeyOf(ValueOf(position, part)) ?? RecordKey.From(_rows[position].Row)).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    private int ColumnOf(RelocationField field) => Array.FindIndex(_child.Layout.Rows.Columns, column => column.Name == field.Name);

    private object? ValueOf(int position, int column)
    {
        var (batch, row) = _rows[position];
        var cell = batch.CellAt(row, column);
        return cell.IsAbsent ? null : PlainValue.Of(_child.Layout.Rows.Columns[column], cell, batch);
    }
}
