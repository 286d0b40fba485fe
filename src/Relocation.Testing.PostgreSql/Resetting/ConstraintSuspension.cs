using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// Suspends foreign keys and triggers while rows of some tables are restored: their final content is consistent, but no order of statements
/// keeps it so in between.
/// </summary>
internal sealed class ConstraintSuspension
{
    private ConstraintSuspension(string begin, string end)
    {
        Begin = begin;
        End = end;
    }

    /// <summary>Statements to run before rows change.</summary>
    internal string Begin { get; }

    /// <summary>Statements to run afterwards, in the same transaction.</summary>
    internal string End { get; }

    /// <summary>
    /// A superuser switches constraints and ordinary triggers off for the transaction; an owner drops the foreign keys and
    /// adds them again, which checks them.
    /// </summary>
    internal static async Task<ConstraintSuspension> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<uint> tables, CancellationToken cancellationToken)
    {
        var list = string.Join(", ", tables);
        var rights = await connection.ReadAsync(
            "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user", cancellationToken).ConfigureAwait(false);
        var isSuperuser = (bool)rights[0][0]!;
        var firing = isSuperuser ? "'A', 'R'" : "'O', 'A'";
        var triggers = await connection.ReadAsync(
            $"""
            SELECT g.tgrelid::regclass::text, g.tgname, CASE g.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END
            FROM pg_catalog.pg_trigger g
            WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND NOT pg_catalog.starts_with(g.tgname::text, '{PostgreSqlCatalog.BaselineSchema}') AND g.tgenabled IN ({firing})
              AND g.tgrelid IN ({list})
            """,
            cancellationToken).ConfigureAwait(false);
        var foreignKeys = isSuperuser
            ? []
            : await connection.ReadAsync(
                $"""
                SELECT k.conrelid::regclass::text, k.conname, pg_catalog.pg_get_constraintdef(k.oid) FROM pg_catalog.pg_constraint k
                WHERE k.contype = 'f' AND k.conparentid = 0 AND (k.conrelid IN ({list}) OR k.confrelid IN ({list}))
                ORDER BY k.oid
                """,
                cancellationToken).ConfigureAwait(false);
        var begin = foreignKeys.Select(row => $"ALTER TABLE {row[0]} DROP CONSTRAINT {Quote(row[1])};\n")
            .Concat(triggers.Select(row => $"ALTER TABLE {row[0]} DISABLE TRIGGER {Quote(row[1])};\n"))
            .Append(isSuperuser ? "SET LOCAL session_replication_role = replica;\n" : string.Empty);
        var end = foreignKeys.Select(row => $"ALTER TABLE {row[0]} ADD CONSTRAINT {Quote(row[1])} {row[2]};\n")
            .Concat(triggers.Select(row => $"ALTER TABLE {row[0]} {row[2]} TRIGGER {Quote(row[1])};\n"))
            .Append(isSuperuser ? "SET LOCAL session_replication_role = origin;\n" : string.Empty);
        return new ConstraintSuspension(string.Concat(begin), string.Concat(end));
    }

    private static string Quote(object? name) => PostgreSqlNames.Quote((string)name!);
}
