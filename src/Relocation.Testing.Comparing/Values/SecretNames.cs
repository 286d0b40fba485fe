namespace Relocation.Testing.Comparing.Values;

/// <summary>The names of fields that hold secrets.</summary>
internal static class SecretNames
{
    private static readonly string[] Words = ["token", "secret", "password", "hash"];

    /// <summary>Whether the name of a field or member speaks of a secret.</summary>
    internal static bool Hold(string name) => Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
