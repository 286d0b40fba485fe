using Relocation.Testing.Texts;

namespace Relocation.Testing.Files;

/// <summary>The messages about files that are written: what is wrong, where, what to do.</summary>
internal static class FileErrors
{
    internal static TargetFileException FileUnwritable(string name, Exception cause) =>
        new($"'{ShownText.Line(name)}' cannot be written: {Reason(cause)} Choose another place, or make room. No file was written.", cause);

    internal static TargetFileException FileIsFolder(string name) =>
        new($"'{ShownText.Line(name)}' is a folder, and cannot be written. Give the path of a file.");

    internal static TargetFileException FolderMissing(string name, string folder) =>
        new($"'{ShownText.Line(name)}' cannot be written: there is no folder '{ShownText.Line(folder)}'. Make it, or correct the path.");

    /// <summary>What the system says, which often names a file that nobody asked for.</summary>
    private static string Reason(Exception cause)
    {
        var text = cause.Message;
        var named = text.IndexOf(" : '", StringComparison.Ordinal);
        return $"{(named < 0 ? text : text[..named]).TrimEnd('.')}.";
    }
}
