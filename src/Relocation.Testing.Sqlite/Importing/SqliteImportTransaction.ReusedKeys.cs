using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing;

/// <content>
/// Tables whose keys have no AUTOINCREMENT. Nothing reserves keys in them: SQLite gives out the key after that of the last row, and so once more
/// when that row is gone.
/// </content>
internal sealed partial class SqliteImportTransaction
{
    private readonly List<Table> _reused = [];

    internal override async Task<IReadOnlyList<LastRow>> ReadLastRowsAsync(IReadOnlyList<LastRow>? former, CancellationToken cancellationToken)
    {
        var rows = new List<LastRow>(_reused.Count);
        foreach (var table in _reused)
        {
            var key = _engine.Quote(table.Key[0].Column);
            var select = $"SELECT {key}, * FROM {_engine.Quote(table.Name)}";
            var command = former is null
                ? Command($"{select} ORDER BY {key} DESC LIMIT 1")
                : Command($"{select} WHERE {key} = $key", ("$key", former[rows.Count].Key));
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            var isThere = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            rows.Add(new LastRow(table.Name, isThere ? reader.GetInt64(0) : former?[rows.Count].Key ?? 0, isThere ? HashOf(reader) : string.Empty));
        }

        return rows;
    }

    private static string HashOf(SqliteDataReader reader)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var column = 1; column < reader.FieldCount; column++)
        {
            var value = reader.GetValue(column);
            var bytes = value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {bytes.Length}:")));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task FindReusedKeysAsync(CancellationToken cancellationToken)
    {
        var counted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var command = Command("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'");
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                counted.Add(reader.GetString(0));
            }
        }

        _reused.AddRange(_loads.Select(load => load.Table)
            .Where(table => table.KeyKind == RecordKeyKind.Integer && !counted.Contains(table.Name)));
    }
}
