using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing;

/// <summary>
/// The constraints of the loaded tables during an import: foreign keys are set aside and checked at the end, or checked row by row, as late
/// as they allow.
/// </summary>
internal sealed class ForeignKeyChecks
{
    private readonly List<TableConstraint> _setAside;
    private readonly List<TableConstraint> _deferrable;

    private ForeignKeyChecks(List<TableConstraint> setAside, List<TableConstraint> kept)
    {
        _setAside = setAside;
        _deferrable = [.. kept.Where(constraint => constraint.IsDeferrable)];
        NeedsCuts = kept.Any(constraint => constraint is { IsForeignKey: true, IsDeferrable: false });
        Enforcement = kept.Any(constraint => constraint.IsForeignKey)
            ? ForeignKeyEnforcement.CheckedRowByRow
            : ForeignKeyEnforcement.CheckedBeforeCommit;
    }

    internal bool NeedsCuts { get; }

    internal ForeignKeyEnforcement Enforcement { get; }

    internal bool HasSetAside => _setAside.Count > 0;

    internal static ForeignKeyChecks Plan(
        IReadOnlyList<TargetTable> tables, IReadOnlyList<TableLoad> loads, SetAsideRule rule)
    {
        var rows = tables.Zip(loads).GroupBy(pair => pair.First.Oid)
            .ToDictionary(group => group.Key, group => group.Sum(pair => (long)pair.Second.Rows));

        // Two models may share a table.
        var bySetAside = tables.DistinctBy(table => table.Oid).SelectMany(table => table.Constraints).ToLookup(
            constraint => constraint.CanBeSetAside
                && rule.Applies(rows[constraint.Table.Oid], constraint.Table.EstimatedRows));
        return new ForeignKeyChecks([.. bySetAside[true]], [.. bySetAside[false]]);
    }

    /// <summary>
    /// Locks every table in one order, as strongly as it will be needed, so that two imports cannot block each other.
    /// </summary>
    internal IEnumerable<string> LockStatements(IReadOnlyList<TargetTable> tables) => LockStatements(tables, _setAside);

    /// <summary>Locks every table in one order, none of whose constraints is set aside.</summary>
    internal static IEnumerable<string> PlainLockStatements(IReadOnlyList<TargetTable> tables) => LockStatements(tables, []);

    private static IEnumerable<string> LockStatements(IReadOnlyList<TargetTable> tables, List<TableConstraint> setAside)
    {
        var altered = setAside.Select(constraint => constraint.Table.FullName)
            .Concat(setAside.Select(constraint => constraint.Target!))
            .ToHashSet();
        var locked = altered.Concat(tables.Select(table => table.FullName)).Distinct()
            .OrderBy(table => table.Schema, StringComparer.Ordinal).ThenBy(table => table.Name, StringComparer.Ordinal)
            .ToList();
        for (int first = 0, next; first < locked.Count; first = next)
        {
            // One statement locks in the order of its list, all in one mode.
            var isAltered = altered.Contains(locked[first]);
            next = locked.FindIndex(first, table => altered.Contains(table) != isAltered) is >= 0 and var other ? other : locked.Count;
            var names = string.Join(", ", locked[first..next].Select(table => table.Quoted));
            yield return $"LOCK TABLE {names} IN {(isAltered ? "ACCESS EXCLUSIVE" : "SHARE ROW EXCLUSIVE")} MODE";
        }
    }

    internal IEnumerable<string> BeginStatements(DatabaseEngine engine, bool isCallersTransaction)
    {
        // Unique sets keep the moment they have: the earlier a violation shows, the better its model is known.
        var foreignKeys = _deferrable.Where(constraint => constraint.IsForeignKey).ToList();
        if (foreignKeys.Count > 0 && isCallersTransaction)
        {
            yield return $"SET CONSTRAINTS {Names(engine, foreignKeys)} DEFERRED";
        }
        else if (foreignKeys.Count > 0)
        {
            // The server looks up each name, which for a hundred of them takes milliseconds; all constraints take none.
            yield return "SET CONSTRAINTS ALL DEFERRED";
            var immediate = _deferrable.Where(constraint => constraint is { IsForeignKey: false, IsInitiallyDeferred: false }).ToList();
            if (immediate.Count > 0)
            {
                yield return $"SET CONSTRAINTS {Names(engine, immediate)} IMMEDIATE";
            }
        }

        foreach (var constraint in _setAside)
        {
            yield return $"ALTER TABLE {constraint.Table.QuotedName} DROP CONSTRAINT {engine.Quote(constraint.Name)}";
        }
    }

    /// <summary>
    /// Checks what was deferred first: a table cannot be altered while checks of its rows are pending. Then what was set
    /// aside comes back, and is validated table by table.
    /// </summary>
    internal IEnumerable<string> VerifyStatements(DatabaseEngine engine, bool isCallersTransaction)
    {
        if (_deferrable.Count > 0)
        {
            yield return $"SET CONSTRAINTS {(isCallersTransaction ? Names(engine, _deferrable) : "ALL")} IMMEDIATE";
        }

        foreach (var constraint in _setAside)
        {
            var name = engine.Quote(constraint.Name);
            yield return $"ALTER TABLE {constraint.Table.QuotedName} ADD CONSTRAINT {name} {constraint.Definition} NOT VALID";
            if (constraint.Comment is { } comment)
            {
                yield return $"COMMENT ON CONSTRAINT {name} ON {constraint.Table.QuotedName} IS {Literal(comment)}";
            }
        }

        foreach (var constraint in _setAside)
        {
            yield return $"ALTER TABLE {constraint.Table.QuotedName} VALIDATE CONSTRAINT {engine.Quote(constraint.Name)}";
        }

        var initiallyDeferred = _deferrable.Where(constraint => constraint.IsInitiallyDeferred).ToList();
        if (isCallersTransaction && initiallyDeferred.Count > 0)
        {
            yield return $"SET CONSTRAINTS {Names(engine, initiallyDeferred)} DEFERRED";
        }
    }

    private static string Names(DatabaseEngine engine, IEnumerable<TableConstraint> constraints) => string.Join(
        ", ", constraints.Select(constraint => $"{engine.Quote(constraint.Table.Schema)}.{engine.Quote(constraint.Name)}"));

    /// <summary>COMMENT takes no parameters. The prefix makes backslashes mean the same whatever the session's settings.</summary>
    private static string Literal(string text) =>
        $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
