using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Spans;

/// <summary>
/// What stands for the default of a span: the first strategy that applies to its operation, else its description (docs/events.md, Spans).
/// </summary>
internal static class SpanStrategy
{
    internal static void Add(JsonObject span, Md5Text hash)
    {
        var description = Payload.Text(span, "description") ?? string.Empty;
        switch (Payload.Text(span, "op"))
        {
            case "db" or "db.query" or "db.sql.query" or "db.sql.active_record" or "db.sql.execute" or "db.sql.transaction":
                hash.Add(SqlText.Parametrize(description) ?? description);
                break;
            case "http.client" when HttpRequestText.TryRead(description, out var method, out var scheme, out var host, out var path):
                hash.Add(method);
                hash.Add(scheme);
                hash.Add(host);
                hash.Add(path);
                break;
            case "redis" or "db.redis":
                var end = description.IndexOf(' ', StringComparison.Ordinal);
                hash.Add(end < 0 ? description : description[..end]);
                break;
            default:
                hash.Add(description);
                break;
        }
    }
}
