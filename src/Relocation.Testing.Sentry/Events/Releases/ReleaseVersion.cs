namespace Relocation.Testing.Sentry.Events.Releases;

/// <summary>A release's version as semantic versioning reads it: the values of the release's eight columns (addendum, E-24).</summary>
/// <param name="Package">What stands before <c>@</c>, or null.</param>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number, 0 when missing.</param>
/// <param name="Patch">The third number, 0 when missing.</param>
/// <param name="Revision">The fourth number, 0 when missing.</param>
/// <param name="Prerelease">What makes it a pre-release, without dash; empty for a release.</param>
/// <param name="BuildCode">What stands behind <c>+</c>, or null.</param>
/// <param name="BuildNumber">The build code as a number where it is digits within 64 bits, or null.</param>
internal sealed record ReleaseVersion(
    string? Package, long Major, long Minor, long Patch, long Revision, string Prerelease, string? BuildCode, long? BuildNumber)
{
    /// <summary>Reads a version such as <c>shop@1.2.3-rc1+45</c>.</summary>
    /// <returns>Null when it is no version, or a number does not fit: then all eight columns are null.</returns>
    internal static ReleaseVersion? Parse(string version) => throw new NotImplementedException();
}
