using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's options: one of each key, and a time zone that exists.</summary>
internal sealed class UserOptionRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly HashSet<(object? User, string Key)> _forAll = [];
    private readonly Dictionary<string, bool> _zones = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = ["user", "organization_id", "project_id", "key", "value"];

    internal override ModelLabel Model => Labels.UserOption;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in OfNewUsers(chunk))
        {
            var isForAll = record.InBackup("organization_id") is null && record.InBackup("project_id") is null;
            if (record["key"] is not string key)
            {
                continue;
            }

            if (isForAll && !_forAll.Add((record["user"], key)))
            {
                record.Drop("The user has an option of this key already.");
            }
            else if (key == "timezone" && !IsTimeZone(record["value"] as string))
            {
                record.Refuse(Errors.NoTimeZone());
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a value is a zone; most users are in one of a few.</summary>
    private bool IsTimeZone(string? json)
    {
        if (json is null)
        {
            return true;
        }

        if (!_zones.TryGetValue(json, out var isZone))
        {
            isZone = IsKnownZone(json);
            _zones.Add(json, isZone);
        }

        return isZone;
    }

    private static bool IsKnownZone(string json)
    {
        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind == JsonValueKind.String
            && TimeZoneInfo.TryFindSystemTimeZoneById(value.RootElement.GetString()!, out _);
    }
}
