using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's options: one of each key, and a time zone that exists.</summary>
internal sealed class UserOptionRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly HashSet<(object? User, string Key)> _forAll = [];

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

    private static bool IsTimeZone(string? json)
    {
        if (json is null)
        {
            return true;
        }

        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind == JsonValueKind.String
            && TimeZoneInfo.TryFindSystemTimeZoneById(value.RootElement.GetString()!, out _);
    }
}
