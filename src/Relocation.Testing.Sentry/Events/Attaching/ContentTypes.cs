namespace Relocation.Testing.Sentry.Events.Attaching;

/// <summary>What kind of content a file has, as its sender or its name says.</summary>
internal static class ContentTypes
{
    internal static string Of(EventAttachment attachment)
    {
        if (!string.IsNullOrEmpty(attachment.ContentType))
        {
            return attachment.ContentType.Split(';')[0];
        }

        return Path.GetExtension(attachment.Name).ToUpperInvariant() switch
        {
            ".CSS" => "text/css",
            ".CSV" => "text/csv",
            ".GIF" => "image/gif",
            ".GZ" => "application/gzip",
            ".HTM" or ".HTML" => "text/html",
            ".JPEG" or ".JPG" => "image/jpeg",
            ".JS" => "text/javascript",
            ".JSON" => "application/json",
            ".MP4" => "video/mp4",
            ".PDF" => "application/pdf",
            ".PNG" => "image/png",
            ".SVG" => "image/svg+xml",
            ".TXT" => "text/plain",
            ".WEBP" => "image/webp",
            ".XML" => "text/xml",
            ".ZIP" => "application/zip",
            _ => "application/octet-stream",
        };
    }
}
