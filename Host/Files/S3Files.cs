using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Chat.Host.Operate;

namespace Chat.Host.Files;

/// <summary>
/// Files in a bucket of whoever speaks S3. The credentials come from where every tool looks for them, such as
/// <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c>.
/// </summary>
public sealed class S3Files : IFileStore, IDisposable
{
    private readonly AmazonS3Client client;
    private readonly string bucket;
    private readonly string prefix;

    private S3Files(AmazonS3Client client, string bucket, string prefix) =>
        (this.client, this.bucket, this.prefix) = (client, bucket, prefix);

    /// <summary>
    /// The bucket of an address: <c>s3://BUCKET/PREFIX</c> of Amazon's, <c>s3+https://HOST/BUCKET/PREFIX</c> of
    /// somebody else's; the prefix may be left out.
    /// </summary>
    /// <exception cref="StartFailure">It is no such address.</exception>
    public static S3Files At(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
            throw Unreadable(address);
        var path = url.AbsolutePath.Trim('/');
        if (url.Scheme is "s3")
            return new S3Files(new AmazonS3Client(), url.Host, Prefix(path));
        var (bucket, rest) = path.Split('/', 2) is [var first, var second] ? (first, second) : (path, "");
        if (url.Scheme is not ("s3+http" or "s3+https") || bucket.Length == 0)
            throw Unreadable(address);
        var config = new AmazonS3Config
        {
            ServiceURL = $"{url.Scheme[3..]}://{url.Authority}",
            ForcePathStyle = true,
            // What every server of that protocol understands: a region, a body in one piece, no checksum of Amazon's.
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        return new S3Files(new AmazonS3Client(config), bucket, Prefix(rest));
    }

    private static string Prefix(string path) => path.Length == 0 ? "" : $"{path.Trim('/')}/";

    private static StartFailure Unreadable(string address) =>
        new(
            $"“{address}” is no address of a bucket.",
            "Write s3://bucket, or s3+https://host/bucket for a server other than Amazon's."
        );

    /// <inheritdoc/>
    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = prefix + key,
                InputStream = new MemoryStream(bytes.ToArray(), writable: false),
                UseChunkEncoding = false,
            },
            stop
        );

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        try
        {
            using var found = await client.GetObjectAsync(bucket, prefix + key, stop);
            using var bytes = new MemoryStream();
            await found.ResponseStream.CopyToAsync(bytes, stop);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken stop) => client.DeleteObjectAsync(bucket, prefix + key, stop);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
