using System.Data.Common;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>The library.</summary>
internal sealed class OursEventRival(DatabaseEngine engine) : EventRival
{
    private readonly EventWriter _writer = new(engine, new EventWriterOptions { Clock = new FrozenClock() });

    internal override string Name => "ours";

    internal override string Title => "EventWriter";

    internal override Task SaveAsync(DbConnection connection, int number, IReadOnlyList<JsonObject> events) =>
        _writer.SaveManyAsync(connection, [.. events.Select(data => new EventInput((long)data["project"]!, data))]);
}
