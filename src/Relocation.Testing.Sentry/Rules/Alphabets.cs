namespace Relocation.Testing.Sentry.Rules;

/// <summary>The alphabets of generated texts.</summary>
internal static class Alphabets
{
    internal const string Hex = "0123456789abcdef";
    internal const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The alphabet of suffixes. Sentry's own lacks the 8, by oversight.</summary>
    internal const string LowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
}
