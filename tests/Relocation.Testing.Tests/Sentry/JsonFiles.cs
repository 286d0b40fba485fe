using System.Text.Json;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>Reads whole JSON files.</summary>
internal static class JsonFiles
{
    internal static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(path));
}
