using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The data that the scan takes from a file: organizations, their members, and names of users (docs/tasks.md, Steps and tasks).</summary>
internal sealed class ScannedFile
{
    private const string Slug = "slug";
    private const string Organization = "organization";
    private const string UserId = "user_id";
    private const string Username = "username";

    private readonly List<(string Key, string Slug)> _organizations = [];
    private readonly List<(string User, string Organization)> _members = [];
    private readonly Dictionary<string, string> _users = new(StringComparer.Ordinal);
    private int _defectAt = int.MaxValue;

    /// <summary>The fields that are read; other models are ignored.</summary>
    internal static IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields { get; } = new Dictionary<ModelLabel, IReadOnlyList<string>>
    {
        [Labels.Organization] = [Slug],
        [Labels.OrganizationMember] = [UserId, Organization],
        [Labels.User] = [Username],
    };

    /// <summary>The first record that is incomplete, in words; null if there is none.</summary>
    internal string? Defect { get; private set; }

    /// <summary>Whether there is any user, wanted or not.</summary>
    internal bool HasUsers => _users.Count > 0;

    /// <summary>Reads one record.</summary>
    internal void Read(RawRecord record)
    {
        if (record.Model == Labels.Organization)
        {
            if (Text(record, Slug) is { } slug)
            {
                _organizations.Add((KeyOf(record.Key), slug));
            }
        }
        else if (record.Model == Labels.User)
        {
            if (Text(record, Username) is { } username)
            {
                _users[KeyOf(record.Key)] = username;
            }
        }
        else if (Value(record, UserId) is { ValueKind: not JsonValueKind.Null } user && Value(record, Organization) is { } organization)
        {
            _members.Add((KeyOf(user), KeyOf(organization)));
        }
    }

    /// <summary>The wanted slugs that no organization has, in ordinal order.</summary>
    internal IReadOnlyList<string> Missing(IEnumerable<string> wanted) =>
        [.. wanted.Except(_organizations.Select(organization => organization.Slug), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The number of organizations with a wanted slug; two with the same slug count twice.</summary>
    internal int CountOrganizations(IReadOnlyList<string> wanted) => _organizations.Count(organization => wanted.Contains(organization.Slug));

    /// <summary>The names of the members of wanted organizations, in ordinal order.</summary>
    internal IReadOnlyList<string> Usernames(IReadOnlyList<string> wanted)
    {
        var organizations = _organizations.Where(organization => wanted.Contains(organization.Slug)).Select(organization => organization.Key)
            .ToHashSet(StringComparer.Ordinal);
        var members = _members.Where(member => organizations.Contains(member.Organization)).Select(member => member.User).ToHashSet(StringComparer.Ordinal);
        return [.. _users.Where(user => members.Contains(user.Key)).Select(user => user.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string KeyOf(RecordKey key) => key.Kind == RecordKeyKind.Text ? key.AsText() : key.ToString();

    private static string KeyOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private string? Text(RawRecord record, string field)
    {
        if (Value(record, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            SetDefect(record, Errors.NoText(PointerOf(record), field));
            return null;
        }

        // PostgreSQL accepts it neither in text nor in JSON, so every attempt to store the scan's result would fail.
        var text = value.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            SetDefect(record, Errors.NulWithin(PointerOf(record), field));
            return null;
        }

        return text;
    }

    private JsonElement? Value(RawRecord record, string field)
    {
        if (record[field] is { } value)
        {
            return value;
        }

        SetDefect(record, Errors.MissingKey(PointerOf(record), field));
        return null;
    }

    private void SetDefect(RawRecord record, string defect)
    {
        if (record.Index < _defectAt)
        {
            _defectAt = record.Index;
            Defect = defect;
        }
    }

    private static string PointerOf(RawRecord record) => string.Create(CultureInfo.InvariantCulture, $"/{record.Index}/fields");
}
