import { plainBorder } from './ground.ts';
import { frameOf, fromPixels, type RawPicture, readPixels } from './sharp.ts';

/** The picture in the middle of a larger frame: on its own ground where that is plain, on a blurred copy elsewhere. */
export async function extend(
  picture: RawPicture,
  size: { width: number; height: number },
): Promise<RawPicture> {
  const colour = plainBorder(picture.pixels, picture);
  const frame = await (colour === null ? blurredTo(picture, size) : readPixels(frameOf(size, colour)));
  const left = Math.floor((size.width - picture.width) / 2);
  const top = Math.floor((size.height - picture.height) / 2);
  for (let row = 0; row < picture.height; row += 1) {
    const line = picture.pixels.subarray(row * picture.width * 3, (row + 1) * picture.width * 3);
    frame.pixels.set(line, ((top + row) * size.width + left) * 3);
  }
  return frame;
}

/** Blurred while it is small: a hundredth of the work, and nobody sees a difference. */
async function blurredTo(picture: RawPicture, size: { width: number; height: number }): Promise<RawPicture> {
  const small = { width: Math.ceil(size.width / 10), height: Math.ceil(size.height / 10) };
  const blurred = await readPixels(
    fromPixels(picture)
      .resize({ ...small, fit: 'cover' })
      .blur(5),
  );
  return readPixels(fromPixels(blurred).resize({ ...size, fit: 'fill', kernel: 'cubic' }));
}
