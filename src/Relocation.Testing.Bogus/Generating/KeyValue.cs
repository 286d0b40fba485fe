using System.Text.Json;

namespace Relocation.Testing.Generating;

/// <summary>One part of a key, without boxing: an integer, or the text of anything else.</summary>
internal readonly record struct KeyValue(long Integer, string? Text)
{
    internal void Write(Utf8JsonWriter writer)
    {
        if (Text is null)
        {
            writer.WriteNumberValue(Integer);
        }
        else
        {
            writer.WriteStringValue(Text);
        }
    }
}
