using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>The passwords of users who have to claim their account before they sign in.</summary>
internal static class Passwords
{
    private const int Iterations = 600_000;
    private const int SaltLength = 22;
    private const int HashLength = 32;
    private const int PasswordLength = 32;
    private const int MarkLength = 40;

    /// <summary>A hash that matches no password: Django treats one that begins with an exclamation mark as unusable.</summary>
    internal static string Unusable(SeededValues seeded, RecordKey user) =>
        $"!{seeded.Text(MarkLength, Alphabets.LettersAndDigits, Labels.User, "password", user)}";

    /// <summary>The hash of a generated password, as Django would store it. Computing it takes a good part of a second.</summary>
    internal static string Hashed(SeededValues seeded, RecordKey user)
    {
        var password = seeded.Text(PasswordLength, Alphabets.LettersAndDigits, Labels.User, "password", user);
        var salt = seeded.Text(SaltLength, Alphabets.LettersAndDigits, Labels.User, "salt", user);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Encoding.ASCII.GetBytes(salt), Iterations, HashAlgorithmName.SHA256, HashLength);
        return string.Create(CultureInfo.InvariantCulture, $"pbkdf2_sha256${Iterations}${salt}${Convert.ToBase64String(hash)}");
    }
}
