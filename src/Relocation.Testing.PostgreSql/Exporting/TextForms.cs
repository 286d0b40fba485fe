using Npgsql;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Exporting;

/// <summary>
/// What the server writes as text depends on settings of the session, the database and the role. Exports fix them, so that equal rows give equal
/// backups; every server reads these forms, whatever its settings are.
/// </summary>
internal static class TextForms
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("timezone", "UTC"), ("datestyle", "ISO"), ("intervalstyle", "postgres"), ("extra_float_digits", "1"), ("bytea_output", "hex"),
    ];

    /// <summary>The statements that fix the forms until the transaction ends.</summary>
    internal static IEnumerable<string> Fix => Settings.Select(setting => Set(setting.Name, setting.Value));

    /// <summary>Fixes the forms within a transaction of the caller's.</summary>
    /// <returns>The statements that put the caller's settings back.</returns>
    internal static async Task<string> FixAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = Settings.Select(setting => setting.Name).ToList();
        var values = await connection.ReadAsync(
            $"SELECT {string.Join(", ", names.Select(name => $"pg_catalog.current_setting('{name}')"))}", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(string.Join("; ", Fix), cancellationToken).ConfigureAwait(false);
        return string.Join("; ", names.Select((name, index) => Set(name, (string)values[0][index]!)));
    }

    private static string Set(string name, string value) => $"SET LOCAL {name} = {PostgreSqlCatalog.Literal(value)}";
}
