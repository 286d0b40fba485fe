using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Comparing.RoundTrips;

namespace Relocation.Testing;

/// <summary>
/// Exports a test database, clears it, imports the export and exports again: both exports are to be the same, and keys what they should be
/// (docs/sentry-import.md, section 12.1).
/// </summary>
/// <remarks>Both exports are in memory as a whole, so this is for databases of the size that tests have.</remarks>
public static class RoundTrip
{
    /// <summary>Makes the round trip. Afterwards the database holds what was imported.</summary>
    /// <param name="database">A test database.</param>
    /// <param name="options">How to go, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the operation; what the database then holds is not defined.</param>
    /// <exception cref="RoundTripException">The exports differ, or keys are not what they should be. All of it is listed.</exception>
    /// <exception cref="ImportException">The first export was refused.</exception>
    public static async Task<RoundTripResult> ValidateAsync(
        TestDatabase database, RoundTripOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        options ??= new RoundTripOptions();
        var first = await ExportAsync(database, options, cancellationToken).ConfigureAwait(false);
        await ClearAsync(database, options.RestartKeys, cancellationToken).ConfigureAwait(false);
        var map = await ImportAsync(database, Backup.FromJson(first, "first export"), options, cancellationToken).ConfigureAwait(false);
        var second = await ExportAsync(database, options, cancellationToken).ConfigureAwait(false);
        var comparison = await BackupComparer.CompareAsync(
            Backup.FromJson(first, "first export"),
            Backup.FromJson(second, "second export"),
            new ComparisonOptions { Model = database.Model, Comparators = options.Comparators },
            cancellationToken).ConfigureAwait(false);
        var wrong = WrongKeys(database.Model, options, first, second, map);
        return comparison.IsEmpty && wrong.Count == 0
            ? new RoundTripResult(first, second, map, comparison)
            : throw RoundTripErrors.RoundTripDiffers(comparison, wrong);
    }

    /// <summary>Deletes the rows of all models.</summary>
    /// <param name="database">A test database.</param>
    /// <param name="restartKeys">Whether key counters start again. Default: no, they go on.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    public static Task ClearAsync(TestDatabase database, bool restartKeys = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return restartKeys ? database.ResetAsync(ResetTo.Empty, cancellationToken) : database.DeleteRowsAsync(cancellationToken);
    }

    private static async Task<string> ExportAsync(TestDatabase database, RoundTripOptions options, CancellationToken cancellationToken)
    {
        if (options.ExportBy is not { } export)
        {
            return await database.ExportToJsonAsync(options.Export, cancellationToken).ConfigureAwait(false);
        }

        using var text = new MemoryStream();
        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await export(connection, BackupDestination.ToStream(text), cancellationToken).ConfigureAwait(false);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static async Task<PrimaryKeyMap> ImportAsync(
        TestDatabase database, Backup backup, RoundTripOptions options, CancellationToken cancellationToken)
    {
        if (options.Import is not { } import)
        {
            return (await database.ImportAsync(backup, cancellationToken: cancellationToken).ConfigureAwait(false)).Map;
        }

        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await import(connection, backup, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Every record of the map is there, and counted keys are 1, 2 and so on, or all above the old ones.</summary>
    private static List<string> WrongKeys(RelocationModel model, RoundTripOptions options, string first, string second, PrimaryKeyMap map)
    {
        var (before, after) = (CountedKeys(model, first), CountedKeys(model, second));
        var wrong = new List<string>();
        foreach (var entity in model.Entities.Where(entity => after.ContainsKey(entity.Label)))
        {
            var keys = after[entity.Label];
            wrong.AddRange(map.Of(entity.Label).Where(mapping => !keys.Contains(mapping.New.AsInteger())).Select(mapping =>
                $"{entity.Label} {mapping.Old} became {mapping.New}, which the second export does not hold."));
            if (entity.Key.Policy != KeyPolicy.Remap || !entity.Key.HasCounter || options.KeptKeys.Contains(entity.Label))
            {
                continue;
            }

            var floor = options.RestartKeys ? 0 : before.TryGetValue(entity.Label, out var old) ? old.Max() : 0;
            if (keys.Min() <= floor || (options.RestartKeys && keys.Max() != keys.Count))
            {
                wrong.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entity.Label} has the keys {keys.Min()} to {keys.Max()} for {keys.Count} records; its counter should have begun above {floor}."));
            }
        }

        return wrong;
    }

    /// <summary>The integer keys of a backup's records.</summary>
    private static Dictionary<ModelLabel, HashSet<long>> CountedKeys(RelocationModel model, string json)
    {
        using var records = JsonDocument.Parse(json);
        return records.RootElement.EnumerateArray()
            .Select(record => (Label: ModelLabel.Parse(record.GetProperty("model").GetString()!), Key: record.GetProperty("pk")))
            .Where(record => model.Find(record.Label)?.Key.Kind == RecordKeyKind.Integer)
            .GroupBy(record => record.Label, record => record.Key.GetInt64())
            .ToDictionary(group => group.Key, group => group.ToHashSet());
    }
}
