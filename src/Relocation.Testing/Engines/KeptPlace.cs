using System.Globalization;
using System.Security.Cryptography;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Engines;

/// <summary>Where databases of failed tests are kept, and under which names. The newest stay.</summary>
internal sealed class KeptPlace
{
    /// <summary>How many are kept.</summary>
    internal const int Most = 10;

    /// <summary>Leaves room for the time and the endings in the 255 bytes that file systems allow.</summary>
    private const int LongestName = 120;

    private readonly string _name;
    private readonly string _mark;

    /// <summary>A place of a test's database.</summary>
    /// <param name="folder">The folder for copies that are files.</param>
    /// <param name="name">The test's name.</param>
    /// <param name="now">The moment of the failure.</param>
    internal KeptPlace(string folder, string name, DateTimeOffset now)
    {
        Folder = folder;
        _name = name;
        _mark = string.Create(
            CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMddHHmmssfff}_{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
    }

    /// <summary>The folder for copies that are files.</summary>
    internal string Folder { get; }

    /// <summary>Whose copies are counted together where many projects keep theirs in one place: this machine's, for this folder.</summary>
    internal string Origin => $"{Environment.MachineName} {Folder}";

    /// <summary>The place of a test's database in the artifacts folder.</summary>
    /// <param name="name">The test's name.</param>
    internal static KeptPlace Of(string name)
    {
        var environment = SnapshotEnvironment.Current();
        var root = SnapshotPaths.FindRoot(environment.BaseFolder) ?? environment.BaseFolder;
        var folder = Path.GetFullPath(Path.Combine(root, environment.ArtifactsFolder ?? "artifacts", "databases"));
        return new KeptPlace(folder, name, TimeProvider.System.GetUtcNow());
    }

    /// <summary>A new file's path in the folder, which is made where it is missing.</summary>
    internal string NewFile(string extension)
    {
        Directory.CreateDirectory(Folder);
        var name = SnapshotPaths.FileName(_name);
        return Path.Combine(Folder, $"{name[..Math.Min(name.Length, LongestName)]}-{_mark}{extension}");
    }

    /// <summary>A database's name of limited length, which begins with <paramref name="prefix"/> and ends with the time.</summary>
    internal string NewDatabaseName(string prefix, int longest)
    {
        var plain = new string([.. _name[(_name.LastIndexOf('.') + 1)..].ToLowerInvariant()
            .Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);
        var room = longest - prefix.Length - _mark.Length - 1;
        return $"{prefix}{plain[..Math.Min(plain.Length, room)]}_{_mark}";
    }

    /// <summary>Deletes all files but the newest. The time is the name's, whatever happened to the file since.</summary>
    internal void Prune()
    {
        var old = Directory.EnumerateFiles(Folder).Where(HasMark)
            .OrderByDescending(path => Mark(path), StringComparer.Ordinal).Skip(Most);
        foreach (var path in old)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody looks into it: it goes another time.
            }
        }
    }

    /// <summary>The end of a name that this type has made: a time and four digits.</summary>
    internal static string? MarkOf(string name)
    {
        var start = name.Length - "yyyyMMddHHmmssfff_0123".Length;
        return start > 0 && name[start..].Select((character, i) => i == 17 ? character == '_' : char.IsAsciiHexDigitLower(character)).All(fits => fits)
            ? name[start..]
            : null;
    }

    private static string? Mark(string path) => MarkOf(Path.GetFileNameWithoutExtension(path));

    private static bool HasMark(string path) => Mark(path) is not null;
}
