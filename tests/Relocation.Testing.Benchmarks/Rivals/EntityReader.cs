using System.Text.Json;
using Relocation.Testing.Benchmarks.Model;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>Reads records as entities with System.Text.Json, for the rivals that load objects.</summary>
internal static class EntityReader
{
    internal static readonly IReadOnlyList<Type> Types =
    [
        typeof(Organization),
        typeof(Person),
        typeof(Team),
        typeof(Membership),
        typeof(Project),
        typeof(Stage),
        typeof(ProjectKey),
        typeof(Release),
        typeof(Deploy),
        typeof(Repository),
        typeof(Commit),
        typeof(Issue),
        typeof(Assignment),
        typeof(Comment),
        typeof(Label),
        typeof(IssueLabel),
        typeof(Alert),
        typeof(AlertAction),
        typeof(Incident),
        typeof(Integration),
        typeof(Webhook),
        typeof(Dashboard),
        typeof(Widget),
        typeof(AuditEntry),
    ];

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Dictionary<string, Type> ByLabel =
        Types.ToDictionary(type => "benchmark." + type.Name.ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Entities with their new keys, and their old ones, in the order of the file.</summary>
    internal static async IAsyncEnumerable<(IRow Row, long OldKey)> ReadAsync(string file, RowKeys keys)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
        await foreach (var record in JsonSerializer.DeserializeAsyncEnumerable<EntityRecord>(stream, Options))
        {
            var row = (IRow)record!.Fields.Deserialize(ByLabel[record.Model], Options)!;
            row.Id = record.Pk;
            row.Remap(keys);
            yield return (row, record.Pk);
        }
    }
}
