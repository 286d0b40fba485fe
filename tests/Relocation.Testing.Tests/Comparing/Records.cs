using System.Globalization;
using System.Text;

namespace Relocation.Testing.Tests.Comparing;

/// <summary>Records of Sentry's models, one a line.</summary>
internal sealed class Records
{
    private readonly StringBuilder _json = new("[");

    internal Records Add(string model, long pk, string fields)
    {
        _json.Append(_json.Length == 1 ? "\n " : ",\n ");
        _json.Append(CultureInfo.InvariantCulture, $"{{\"model\": \"sentry.{model}\", \"pk\": {pk}, \"fields\": {{{fields}}}}}");
        return this;
    }

    internal Backup Backup(string name) => Testing.Backup.FromJson(_json + "\n]", name);
}
