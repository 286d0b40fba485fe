using System.Text.Json;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// The wanted records of a file, by their keys (docs/tasks.md, Where Sentry differs), with which the imported ones are compared: a slug may
/// change on import.
/// </summary>
internal sealed class WantedRecords
{
    private readonly IReadOnlySet<string> _slugs;
    private readonly HashSet<long> _organizations = [];
    private readonly List<(long Organization, long User)> _members = [];

    private WantedRecords(IReadOnlySet<string> slugs) => _slugs = slugs;

    private static IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields { get; } = new Dictionary<ModelLabel, IReadOnlyList<string>>
    {
        [Labels.Organization] = ["slug"],
        [Labels.OrganizationMember] = ["organization", "user_id"],
    };

    /// <summary>The organizations with a wanted slug.</summary>
    internal IReadOnlySet<long> Organizations => _organizations;

    /// <summary>Their members.</summary>
    internal IReadOnlySet<long> Users => _members.Where(member => _organizations.Contains(member.Organization)).Select(member => member.User).ToHashSet();

    internal static async Task<WantedRecords> ReadAsync(Backup backup, IEnumerable<string> slugs, CancellationToken cancellationToken)
    {
        var wanted = new WantedRecords(slugs.ToHashSet(StringComparer.Ordinal));
        await backup.ReadAsync(Fields, wanted.Read, cancellationToken).ConfigureAwait(false);
        return wanted;
    }

    private void Read(RawRecord record)
    {
        if (record.Model == Labels.OrganizationMember)
        {
            if (record["organization"] is { ValueKind: JsonValueKind.Number } organization && record["user_id"] is { ValueKind: JsonValueKind.Number } user)
            {
                _members.Add((organization.GetInt64(), user.GetInt64()));
            }
        }
        else if (record["slug"] is { ValueKind: JsonValueKind.String } slug && _slugs.Contains(slug.GetString()!))
        {
            _organizations.Add(record.Key.AsInteger());
        }
    }
}
