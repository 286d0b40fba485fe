using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// Owners in backups before 24.5: a rule's <c>owner</c> is the key of an actor, which is a user or a team. Sentry itself drops them.
/// </summary>
internal sealed class FormerOwners
{
    internal const string Owner = "owner";

    private static readonly ModelLabel Actor = ModelLabel.Parse("sentry.actor");

    private readonly Dictionary<long, (long? User, long? Team)> _actors = [];
    private readonly Dictionary<(ModelLabel Model, RecordKey Key), long> _owners = [];

    /// <summary>The fields to read from backups.</summary>
    internal static IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields { get; } = new Dictionary<ModelLabel, IReadOnlyList<string>>
    {
        [Actor] = ["user_id", "team"],
        [Labels.Rule] = [Owner],
        [Labels.AlertRule] = [Owner],
    };

    internal void Read(RawRecord record)
    {
        if (record.Model == Actor && record.Key.Kind == RecordKeyKind.Integer)
        {
            _actors[record.Key.AsInteger()] = (Number(record["user_id"]), Number(record["team"]));
        }
        else if (Number(record[Owner]) is { } actor)
        {
            _owners[(record.Model, record.Key)] = actor;
        }
    }

    /// <summary>The old keys of a record's owner: a user, a team, or neither.</summary>
    internal (long? User, long? Team) Find(ModelLabel model, RecordKey key) =>
        _owners.TryGetValue((model, key), out var actor) && _actors.TryGetValue(actor, out var owner) ? owner : (null, null);

    private static long? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var key) ? key : null;
}
