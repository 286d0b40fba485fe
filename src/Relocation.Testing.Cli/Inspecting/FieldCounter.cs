using System.Runtime.InteropServices;
using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Inspecting;

/// <summary>Counts how many records of one label have which fields.</summary>
/// <param name="shape">The members that the model knows; null if it does not have the label.</param>
internal sealed class FieldCounter(FieldShape? shape) : RecordObserver
{
    private const int MostOnStack = 256;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The members that the model knows, and those that were found.</summary>
    internal FieldShape? Shape => shape;

    /// <summary>The fields, in order of appearance.</summary>
    internal IReadOnlyDictionary<string, long> Counts => _counts;

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        shape?.Observe(fields);
        Span<char> buffer = stackalloc char[MostOnStack];
        var reader = new FieldReader(fields);
        while (reader.Read())
        {
            if (reader.NameIsEscaped || reader.Name.Length > buffer.Length)
            {
                Count(JsonText.ToText(reader.Name));
            }
            else
            {
                Count(buffer[..Encoding.UTF8.GetChars(reader.Name, buffer)]);
            }
        }
    }

    private void Count(ReadOnlySpan<char> name) => CollectionsMarshal.GetValueRefOrAddDefault(_counts.GetAlternateLookup<ReadOnlySpan<char>>(), name, out _)++;
}
