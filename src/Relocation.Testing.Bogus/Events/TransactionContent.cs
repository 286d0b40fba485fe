using System.Globalization;
using System.Text.Json.Nodes;
using Bogus;

namespace Relocation.Testing.Events;

/// <summary>What a transaction has: a trace, and spans one after the other.</summary>
internal static class TransactionContent
{
    private static readonly string[] Operations = ["db", "http.client", "db.redis", "template.render"];

    internal static void Add(JsonObject made, EventShape shape, Randomizer random, DateTimeOffset moment)
    {
        var trace = random.Hexadecimal(32, string.Empty);
        var root = random.Hexadecimal(16, string.Empty);
        var count = random.Number(0, 6);
        var start = moment.AddMilliseconds(-random.Number(10, 400) - (count * 20));
        made["type"] = "transaction";
        made["start_timestamp"] = EventMaker.Moment(start);
        made["transaction_info"] = new JsonObject { ["source"] = "route" };
        made["contexts"]!["trace"] = new JsonObject
        {
            ["trace_id"] = trace,
            ["span_id"] = root,
            ["op"] = "http.server",
            ["status"] = random.Bool(0.9F) ? "ok" : "internal_error",
        };
        var spans = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var operation = random.ArrayElement(Operations);
            spans.Add((JsonNode)new JsonObject
            {
                ["trace_id"] = trace,
                ["span_id"] = random.Hexadecimal(16, string.Empty),
                ["parent_span_id"] = root,
                ["op"] = operation,
                ["description"] = Describe(operation, shape, random),
                ["start_timestamp"] = EventMaker.Moment(start.AddMilliseconds(i * 20)),
                ["timestamp"] = EventMaker.Moment(start.AddMilliseconds((i * 20) + random.Number(1, 19))),
            });
        }

        made["spans"] = spans;
    }

    private static string Describe(string operation, EventShape shape, Randomizer random) => operation switch
    {
        "db" => shape.Statement,
        "http.client" => string.Create(CultureInfo.InvariantCulture, $"{shape.Method} https://api.example{shape.Route}?page={random.Number(1, 50)}"),
        "db.redis" => string.Create(CultureInfo.InvariantCulture, $"GET basket:{random.Number(1, 500)}"),
        _ => $"{shape.Route}.html",
    };
}
