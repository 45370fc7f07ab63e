# The language's own name, for the list of languages
language-name = English

## Greeting and help

start = 👋 <b>Hello, { $name }!</b>

    Send me a photo of your product and pick from the styles I suggest: you get pictures that are ready for the marketplace.
start-free = 🎁 You have <b>{ $pictures ->
        [one] 1 free picture
       *[other] { $pictures } free pictures
    }</b>.
start-pictures = { $pictures ->
        [0] You have no credits left.
        [one] You can make <b>1 picture</b> right away.
       *[other] You can make <b>{ $pictures } pictures</b> right away.
    }
start-sample = 📷 A plain background and daylight work best. Sent as a file, the photo stays sharpest.
help = <b>How it works</b>

    1. Send a photo of your product, or several views of it as one album.
    2. Choose up to four styles and a format.
    3. Press <b>Create</b>. One picture costs one credit, a large one two.
    4. Write in your own words: on the card they are your style, below a picture they say what to change. Or reply to any picture.

    Your product’s shape, colours and label should stay as they are. If a picture is not right, tap <b>Not right</b>: I make it once more for free, or its credit comes back. What cannot be made costs nothing.

    /styles – all styles and your saved ones
    /history – your pictures
    /balance – your credits
    /settings – language
    /cancel – stop what is being made
unknown-message = Send me a photo of your product, and I will suggest styles for it. /help tells how it works.
unknown-file = I can read photos: JPEG, PNG, WebP, HEIC, TIFF, BMP or GIF. Please send the product as a photo or as such a file.
words-too-little = 🙂 Tell me in a few words how it should look, or what to change: “on a marble table”, “darker, no flowers”.
words-payment = 💳 This order waits for its payment: see the card above. <b>‹ Back</b> on it leads to the styles again.
words-state = When it is here, write what to change, or reply to a picture.
private-only = I work in a private chat: open me and send a photo there.

## Commands (Telegram’s menu)

command-start = Start
command-help = How it works
command-styles = Styles
command-balance = Your credits
command-history = Your pictures
command-cancel = Stop what is being made
command-settings = Settings
command-language = Language
command-admin-stats = Statistics
bot-description = Send a plain photo of your product and get styled pictures that are ready for the marketplace. The first ones are free.
bot-short-description = Product photos, styled and ready for the marketplace

## The card of a draft

card-received = { $photos ->
        [one] 📷 <b>Photo received.</b> Having a look at your product…
       *[other] 📷 <b>{ $photos } photos received.</b> Having a look at your product…
    }
card-purpose = 📷 Is this for support, or is it a new product?
button-for-support = For support
button-new-product = New product
card-too-many-photos = I use the first { $max } photos of an album.
card-product = 🏷 <b>{ $name }</b>
card-product-kind = 🏷 <b>{ $name }</b> · { $kind }
card-note = 📝 Your note: { $note }
card-words = ✍️ “{ $words }”
card-count = 🖼 { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
card-name = 🏷 <b>What is it?</b> Write the product’s name in one message, up to { $max } characters.
card-no-product = 🤔 I am not sure there is a product in this photo. You can go on, or send another photo.
advice-several-products = 📷 Several products are in the photo. A photo of one alone works better.
advice-cut-off = 📷 The product is cut off at the edge. A photo with all of it in the frame keeps its shape true.
advice-person = 📷 A person is in the photo. A photo of the product alone works better.
advice-dark = 📷 The photo is dark, so its colours may come out wrong. Take it by a window, or with a lamp on.
advice-blurred = 📷 The photo is blurred, so fine print may be lost. Tap the product to focus, hold still, and send it again.
advice-tiny = 📷 The photo is small, so fine print may be lost. Send a larger one, or the same one as a file.
advice-flat = 📷 The photo is pale. Wipe the lens, or try brighter light and another background.
button-use-anyway = 👌 Use it anyway
card-views = 🖼 { $photos } photos of one product
card-different = 🧩 These photos seem to show different products. Make a photoshoot of each? Created together, they are taken as views of one product.
card-recommended = 📐 Best format: { $ratio }
card-format = 📐 Format: { $ratio }
card-large = { $format } · large, { $pixels } pixels
card-choose = 🎨 Choose up to { $max } styles
card-chosen = 🎨 { $styles }
card-describe = ✍️ <b>Describe your own style</b> in one message, { $min }–{ $max } characters. For example: “on a wooden table by the window, autumn leaves, warm evening light”.
card-expired = ⌛ This card has expired. Please send the photo, or write the change, once more.
card-dropped = This photo is dropped. Send another one whenever you like.
button-catalogue = All styles
button-surprise = Surprise
button-ideas = ✨ New ideas
ideas-asked = Thinking up other styles…
button-describe = My idea
button-name = 🏷 Name it
button-rename = 🏷 Other name
button-picture = Picture { $position }
button-done = ✓ Done
button-back = ‹ Back
button-count = 🖼 { $pictures }
ratio-1-1 = 1:1 · Amazon, Etsy
ratio-3-4 = 3:4 · Wildberries, Ozon
ratio-4-3 = 4:3 · Avito
ratio-4-5 = 4:5 · Instagram
ratio-9-16 = 9:16 · Stories
ratio-16-9 = 16:9 · Banner
button-large = 🔎 Large · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } a picture
button-create = Create { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    } · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
button-split = 🧩 { $photos } separate photoshoots
button-series = 🎨 Same styles for all { $photos }
series-title = 🧩 <b>{ $photos } products, the same styles for all.</b> Each photo becomes a photoshoot of its own.
series-count = 🖼 { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    } × { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
button-create-all = { $pictures ->
        [one] Create this one
       *[other] Create all { $pictures }
    } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-create-first = { $pictures ->
        [one] Create the first
       *[other] Create the first { $pictures }
    } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
card-made-before = ♻️ <b>{ $pictures ->
        [one] You have this one already.
       *[other] You have these already.
    }</b> I made { $pictures ->
        [one] it
       *[other] them
    } on { $date }, from the same photo, in the same styles and format. Making anew brings something a little different.
button-made-before = { $pictures ->
        [one] The one from before · free
       *[other] The ones from before · free
    }
button-anew = Make anew · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-chosen = ✓ { $title }
catalogue-title = 🎨 <b>All styles.</b> Choose up to { $max } by their numbers.
catalogue-presets = Your saved styles come first; the format on the key is chosen with them.
own-style-title = My idea
surprise-title = Surprise: { $title }

## House styles

style-white = White background
style-marble = Morning marble
style-oak = Oak & shadows
style-podium = Pastel podium
style-dark = Dark premium
style-linen = Soft linen
style-concrete = Concrete loft
style-kitchen = Sunny kitchen
style-beach = Beach
style-autumn = Autumn leaves
style-festive = Festive lights
style-water = Fresh water
style-terracotta = Terracotta & sun
style-neon = Neon night
style-botanical = Green leaves
style-books = Cosy home

## While it works

status-queued = ⏳ <b>In line</b>: you are number { $place }.
status-queued-next = ⏳ <b>You are next.</b>
status-preparing = 📸 <b>Preparing your photo…</b>
status-making = 🎨 <b>{ $total } pictures, { $ready } ready…</b>
status-making-one = 🎨 <b>Making your picture…</b>
status-longer = A little longer than usual, still at it.
status-remaining = About { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    } left.
status-converting = 🖼 <b>Finishing touches…</b>
status-sending = 📤 <b>Sending…</b>
status-provider-busy = 😮‍💨 <b>The studio is busy.</b> Your place is kept, and I go on by myself. Nothing is charged until a picture arrives.
status-stopping = ✋ Stopping… Pictures that are finished still arrive.
status-cancelled = { $credits ->
        [0] ✋ <b>Cancelled.</b> Nothing was charged.
        [one] ✋ <b>Cancelled.</b> 1 credit is back.
       *[other] ✋ <b>Cancelled.</b> { $credits } credits are back.
    }
button-cancel = Cancel

## The result

result-title = ✨ <b>{ $name }</b>
result-ready = { $delivered ->
        [one] 1 picture is ready.
       *[other] { $delivered } pictures are ready.
    }
result-cancelled = { $delivered ->
        [0] ✋ Cancelled before a picture was finished.
        [one] ✋ Cancelled. 1 picture was finished already.
       *[other] ✋ Cancelled. { $delivered } pictures were finished already.
    }
result-failed = 😔 <b>No picture could be made.</b>
result-unclaimed = 🌙 <b>While you were away, this order could not be delivered.</b>
result-credits = { $used ->
        [0] Nothing was charged.
        [one] 1 credit used.
       *[other] { $used } credits used.
    } { $left ->
        [0] None left.
        [one] 1 left.
       *[other] { $left } left.
    }
result-released = { $released ->
        [one] 1 picture could not be made; its credit is back.
       *[other] { $released } pictures could not be made; their credits are back.
    }
result-smaller = 🔎 { $pictures ->
        [one] 1 picture could not be made large and came in the usual size
       *[other] { $pictures } pictures could not be made large and came in the usual size
    }; { $credits ->
        [one] 1 credit is back.
       *[other] { $credits } credits are back.
    }
result-cut = ✂️ { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    } came in another format: the edges are cut to yours.
result-extended = 🖼 { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    } came in another format: the background is extended to yours.
result-repaid = { $repaid ->
        [one] 1 of these credits went to a refund: you have its money already.
       *[other] { $repaid } of these credits went to a refund: you have their money already.
    }
result-repeat = You may have received this album already: I was interrupted while sending it. It is charged once.
result-product = your product
button-originals = Originals (PNG)
button-originals-as-made = Originals
button-jpegs = As JPEG
button-again = Again · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-change = ✏️ Change it
button-more = More like this · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
button-likes = More like one
button-undo = ↩️ Version before
button-leave = Leave it as it is
truth-same-as-in-photo = ✅ Safe as main photo: shape, colours and label are those of your photo.
truth-same-as-in-photo-of = ✅ Safe as main photo: { $pictures }. Shape, colours and label are those of your photo.
truth-same-none = ✅ Safe as main photo: shape and colours are those of your photo.
truth-same-none-of = ✅ Safe as main photo: { $pictures }. Shape and colours are those of your photo.
truth-same-not-read = ✅ Safe as main photo: shape and colours are those of your photo. Read the label once yourself.
truth-same-not-read-of = ✅ Safe as main photo: { $pictures }. Shape and colours are those of your photo; read the labels once yourself.
truth-label-alone = 🏷 The label reads as in your photo. Shape and colours could not be measured.
truth-label-alone-of = 🏷 { $pictures }: the label reads as in your photo. Shape and colours could not be measured.
truth-drifted = 🔎 For the gallery: { $reasons }.
truth-drifted-of = 🔎 { $position }, for the gallery: { $reasons }.
truth-colour = the colour differs from your photo
truth-proportions = the proportions differ from your photo
truth-doubled = the product is there twice
truth-part = a part is hidden or missing
truth-label = the label reads “{ $picture }” instead of “{ $photo }”
truth-free = Changing it costs no credit.
result-change = 💬 Write what to change, or reply to a picture.
change-ask = ✏️ <b>What shall I change?</b> Write it in one message, such as “darker table, no flowers”. You see the price before anything is made.
likes-which = Which one? The new picture is made in its style.
likes-picture = Like { $position } · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
correction-title = ✏️ <b>Change the picture</b>
correction-hint = The product stays as on your photo. Other words? Just write them.
correction-style = My change
correction-left = Left as it is. Nothing was charged.
correction-before = Before
correction-after = After: “{ $words }”
undo-done = ↩️ <b>The version before.</b> Nothing was charged; the changed one stays above.
button-restyle = Other style
button-save = Save style
button-not-right = Not right
originals-caption = Full size, no loss of quality: ready to upload.
jpegs-caption = Full size as JPEG: lighter than PNG, with no difference to be seen.
originals-gone = The time for which these originals were kept is over. The album above is still yours.
original-file-name = picture
album-style = { $style }
save-done = { $saved ->
        [0] These styles are saved already.
        [one] Saved. See “All styles”.
       *[other] { $saved } styles saved. See “All styles”.
    }
again-placed = On it!
not-right-which = Which picture is not right?
not-right-picture = Picture { $position }
not-right-ask = 😕 Sorry about that. I can make this picture once more, free of charge, or give its credit back.
button-redo = 🔁 Make it once more · free
button-give-back = 💚 Give the credit back
not-right-redo = 🔁 I make it once more: the same photo and style, no credit used. What was wrong?
not-right-done = 💚 Sorry about that. <b>{ $credits ->
        [one] 1 credit is back.
       *[other] { $credits } credits are back.
    }</b> What was wrong?
not-right-repaid = 💚 Sorry about that. You had the money for this picture back, so there is no credit to return. What was wrong?
give-back-rule = { $perDay ->
        [one] Your first picture that is not right is always made once more or paid back; after that up to { $percent } % of all your pictures, one a day.
       *[other] Your first { $perDay } that are not right are always made once more or paid back; after that up to { $percent } % of all your pictures, { $perDay } a day at most.
    }
give-back-none = If a picture is not right, write to /support.
give-back-refused = If this one is not right either, tell us: a person will look at it.
not-right-thanks = Thank you! That helps to make the next ones better.
reason-label = Label or text changed
reason-shape = Product looks different
reason-look = Not my taste
reason-other = Something else

## Why there is no picture

failure-provider-refused = The studio’s safety rules do not allow this picture. Try another photo or style.
failure-provider-rejected = The studio could not make this picture. Another photo or style may work.
failure-provider-unavailable = The studio could not be reached for too long.
failure-file-gone = Telegram no longer has the photo. Please send it again.
failure-unexpected = Something went wrong on my side.
failure-no-cut-out = The model did not cut your product out cleanly, so the picture is not charged. Another try may succeed; a photo on a plain ground helps.
failure-unclaimed = It waited for you as long as it could, and its credits are back. “Again” makes it anew.
failure-image-unreadable = I cannot read this photo. Please send another one.

## Balance, history, styles, settings

balance = 💎 You have <b>{ $credits ->
        [0] no credits
        [one] 1 credit
       *[other] { $credits } credits
    }</b>. One credit is one picture, a large one takes two.
balance-reserved = { $reserved ->
        [one] 1 more is reserved for the picture in progress.
       *[other] { $reserved } more are reserved for pictures in progress.
    }
history-empty = You have no pictures yet. Send me a photo of your product!
history-title = 🗂 <b>Your pictures</b>
history-entry = { $date } · { $name } · { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
history-page = Page { $page } of { $pages }
history-caption = { $name }
past-title = ✨ <b>{ $name }</b>
past-time = 🕓 { $time }
past-style = 🎨 { $style }
button-show = Send the pictures again
button-newer = ‹ Newer
button-older = Older ›
styles-title = 🎨 <b>Styles</b>

    Send a photo, and you can choose from these:
styles-saved = <b>Your saved styles</b>
styles-saved-hint = Tap one to rename or delete it.
styles-forgotten = Deleted.
preset-key = { $title } · { $format }
preset-title = 🎨 <b>{ $title }</b>
preset-saved = 💾 Saved as <b>{ $title }</b>. You can give it a shorter name.
preset-format = 📐 Brings its format along: { $format }
preset-format-large = { $ratio } · large
preset-use = Find it first under “All styles” for your next product.
preset-name = ✏️ <b>A new name for “{ $title }”</b> in one message, { $min }–{ $max } characters.
button-rename-style = ✏️ Rename
button-forget = 🗑 Delete
settings-title = ⚙️ <b>Settings</b>

    Language: { $language }
button-language = Language
language-title = 🌍 Choose your language:
language-done = From now on I speak English.
menu-buy = 💎 Buy credits
menu-balance = Balance
menu-history = Your pictures
menu-styles = Styles
menu-help = How it works
menu-settings = Settings

## Answers to taps and errors

late-answer = ⏳ That took me a while, sorry. { $note }
cancel-nothing = There is nothing to stop.
cancel-too-late = It is finished already.
cancel-stopping = Stopping…
error-not-found = I cannot find this any more.
error-draft-expired = This card has expired. Please send the photo, or write the change, once more.
error-already-placed = This is being made already.
error-no-style-chosen = Choose a style first.
error-too-many-styles = Up to { $max } styles. Take one back first.
error-style-text-length = The description should have { $min }–{ $max } characters; yours has { $length }.
error-name-length = The name should have up to { $max } characters; yours has { $length }.
error-card-changed = The card has changed meanwhile: please look again.
error-not-enough-credits = { $available ->
        [0] You have no credits left, and this needs { $needed }.
        [one] You have 1 credit, and this needs { $needed }.
       *[other] You have { $available } credits, and this needs { $needed }.
    }
error-give-back-quota = { $perDay ->
        [one] You can give back 1 picture a day, and today’s is used.
       *[other] You can give back up to { $perDay } pictures a day, and today’s are used.
    }
error-give-back-share = { $perDay ->
        [one] Beyond the first one
       *[other] Beyond the first { $perDay }
    } you can give back up to { $percent } % of your pictures, and that is reached.
error-already-given-back = This picture’s credit is back already, or it was made once more.
error-redo-not-free = You had the money for this picture back, so it cannot be made once more for free.
error-too-many-photos = Up to { $max } photos of one product.
error-style-name-length = A style’s name has { $min }–{ $max } characters; yours has { $length }. Send another one.
error-style-name-taken = One of your styles has this name already. Send another one.
error-too-many-ideas = These were all my ideas for this photo. The catalogue and your own words are open.
error-too-many-saved-styles = You can keep { $max } styles. Delete one under /styles first.
error-too-few-styles = At least { $least } styles stay on: they are proposed where a photo is not recognised.
error-sku-form = An article number has up to { $max } letters, digits, dots, dashes or underscores, without spaces. Please send it again.
error-no-channel-chosen = Choose at least one channel first.
error-pack-under-way = These files are being made already. They come in a moment.
error-image-unreadable = I cannot read this file: it seems to be damaged. Please send another photo.
error-image-kind-unsupported = I can read photos: JPEG, PNG, WebP, HEIC, TIFF, BMP or GIF. This file is something else.
error-image-too-large = This photo is too large. Please send one of up to 20 MB and 50 megapixels.
error-image-too-small = This photo is too small to make a good picture of. Please send one of at least 100 pixels on each side.
error-image-too-narrow = This photo is a very long strip: one side is more than 20 times the other. Please cut it to the product.
error-image-too-heavy = A photo of this kind and size takes more memory than I have. Please send it as a JPEG, or made smaller.
error-imaging-busy = I have my hands full for a moment. I will go on by myself.
error-file-too-large = Telegram lets me open files of up to 20 MB. Please send a smaller one.
error-file-gone = Telegram no longer has this photo. Please send it again.
error-provider-refused = This photo or text is against the studio’s safety rules, so I cannot use it. Nothing was charged.
error-provider-unavailable = The studio cannot be reached right now. Please try again in a few minutes. Nothing was charged.
error-provider-rejected = The studio cannot work with this photo. Please try another one. Nothing was charged.
error-provider-paused = The studio is having a break. I go on by myself as soon as it is back. Nothing was charged.
error-too-many-requests = That was a lot! Please wait { $seconds } s, then I can go on. Nothing was lost.
recognitions-over = 👀 I have looked closely at { $max } of your photos within a day, and that is as much as I may. This one comes with styles that suit nearly everything, and can be ordered as always. I look closely again in { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }.
error-line-full = The studio is full: { $waiting } orders wait before yours. Nothing was charged, your styles stay chosen. Please try again in a few minutes.
error-too-many-photoshoots = That is a lot for one hour! Please wait { $minutes } min. Your styles stay chosen.
error-cancelled = Cancelled.
error-unexpected = Something went wrong on my side. Please try once more; nothing was charged for it.

## Admins

figures-title = 📊 <b>Statistics · { $period }</b>
figures-all = all time
figures-usage = <code>/admin_stats</code>, or with days: <code>/admin_stats 2026-11-01 2026-11-15</code>, one day or from … to.
figures-money = <b>Money</b>
figures-no-money = Nothing was paid yet.
figures-earnings = <b>{ $net }</b> · { $gross } in, { $refunded } back · on average { $average }
figures-orders = 🧾 Orders: { $paid } paid · { $pending } open · { $cancelled } cancelled · { $expired } expired
figures-conversion = 🎯 Paid of the newest invoices: { $percent } %
figures-paying = 👛 Paying people: { $paying }
figures-refunds = ↩️ Refunds: { $refunds } · parts given back: { $parts } · chargebacks: { $chargebacks }
figures-cost = 💵 Cost: { $cost } USD{ $change } · { $each } a picture
figures-margin = 💰 Margin: <b>{ $margin } USD</b> · { $each } an order
figures-margin-without = Without { $currencies }, which has no rate.
figures-outstanding = 🎟 Credits owed to people: { $pictures }
figures-held = ⏸ Held payments: { $payments }, see /held
figures-reconciled = 🔎 Payments found by comparing with Telegram: { $payments }
figures-use = <b>Use</b>
figures-people = 👤 New: { $new } · active { $active } · { $blocked } blocked
figures-pictures = 🖼 Pictures: { $pictures } · { $bought } bought · { $given } given · { $free } free
figures-owed = ⚠️ Pictures whose credits were charged back: { $pictures }
figures-photoshoots = 📷 Photos: { $photos } → photoshoots: { $placed }
figures-recognised = 🔎 Recognised by a model { $model }, known from before { $known }, house styles { $house }
figures-style = { $origin ->
        [proposed] proposed
        [own] own ideas
        [surprise] surprises
        [preset] saved
        [correction] corrections
        [cut-out] cut-outs
       *[other] { $origin }
    }
figures-quality = <b>Quality</b>
figures-outcomes = ✅ Complete: { $complete } · partial { $partial } · failed { $failed } · stopped { $cancelled } · photo refused { $photoRefused }
figures-missing = 🚫 Pictures failed: { $failed } · refused { $refused }
figures-truth = 🔎 Held against the photo: as in it { $same } · drifted { $drifted } · not measured { $notMeasured }
figures-labels = 🏷 Labels: as in the photo { $asInPhoto } · read otherwise { $differs } · without text { $none } · not read { $notRead }
figures-not-right = 👎 Not right: { $pictures } · { $percent } %
figures-reason = { $reason }: { $count }
figures-drifted = changed for free: the check had found a difference
figures-no-reason = no reason given
figures-photo-to-card = ⏱ Photo → styles: { $p50 } s, 95 of 100 within { $p95 } s
figures-create-to-delivery = ⏱ Create → pictures: { $p50 } s, 95 of 100 within { $p95 } s
figures-service = <b>Help</b>
figures-tickets = 🛟 Tickets: { $opened } opened · { $open } open now
figures-first-answer = ⏱ First answer: { $p50 }, 95 of 100 within { $p95 }
button-cohorts = 👥 Who comes back
cohorts-title = 👥 <b>Who comes back</b>
cohorts-about = People by the week of their first photoshoot, and how many of 100 made another one 1, 2, 3 … weeks later. The last number of a line is of this week, which is not over.
cohorts-week = Week
cohorts-new = New
figures-now = 🏃 Now: in line { $queued } · being made { $generating } · drafts { $drafts } · waiting for payment { $awaitingPayment }
button-figures = { $period ->
        [today] Today
        [all] All
       *[other] { $period } d
    }
button-charts = 📈 Charts
charts-coming = Drawing your charts…
charts-caption = 📈 <b>Charts · { $days }</b>
chart-revenue = Money in
chart-pictures = Delivered pictures
chart-new-people = New people
chart-packages = Money by package
chart-sources = Money by source
chart-not-right = Why pictures were not right
chart-funnel = From the start to buying again
chart-stars = Stars
chart-unit-pictures = pictures
chart-unit-people = people
chart-unit = { $step ->
        [week] { $unit } by the week
       *[day] { $unit } by the day
    }
chart-course = { $days }: { $total } { $unit } in all, at most { $most } at once ({ $on }).
funnel-start = Came
funnel-photo = Sent a photo
funnel-first-picture = Got a picture
funnel-paywall-seen = Saw the shop
funnel-invoice = Asked for an invoice
funnel-paid = Paid
funnel-second-purchase = Paid again
percent = { $percent } %
alert-provider-quota = ⚠️ <b>The pictures’ provider has no quota left.</b> All orders wait and none fails. Top up the account; I go on by myself.
alert-provider-key = ⚠️ <b>The pictures’ provider refuses the key.</b> All orders wait and none fails. Check the key and restart.
alert-provider-model = ⚠️ <b>The provider does not give us the model { $model }.</b> All orders wait and none fails. Check the models in your configuration and restart.
alert-provider-outage = ⚠️ <b>The pictures’ provider does not answer.</b> { $model }: { $code }. All orders wait and nothing is sold meanwhile. I ask it every few seconds and go on by myself.
alert-provider-back = ✅ The pictures’ provider works again. The orders that waited are being made.
alert-provider-rejected = ⚠️ <b>No model takes what I ask of it.</b> The last one was { $model }: { $code }. The order has ended, and its credits are back with the seller. One odd photo can be the reason; if it comes again, check the models in your configuration.
alert-provider-rejected-over = ✅ A picture was made again.
alert-provider-words = 🗨 { $model }: “{ $words }”
alert-recognition-failing = ⚠️ <b>Products are not recognised.</b> { $model }: { $code }. Sellers are offered the house’s styles meanwhile, and pictures are made as ever.
alert-recognition-back = ✅ Products are recognised again.
alert-model-ending = 📅 <b>A model that you use ends on { $date }:</b> { $models }. Choose another one in your configuration before that day, and restart.

alert-still = { $hours ->
        [one] ⏳ It has been so for an hour:
       *[other] ⏳ It has been so for { $hours } hours:
    }
alert-line-full = 🚧 <b>The line is full: orders are declined.</b> { $waiting } photoshoots wait. Nothing is charged for what is declined. More ASYNC_WORKERS, another process or a quicker model helps; MAX_WAITING_PHOTOSHOOTS is how many may wait.
alert-line-full-over = ✅ The line has room again: orders are taken.
alert-picture-paid-often = ⚠️ <b>A picture was paid for { $paid } times and never came.</b> It is of photoshoot { $photoshoot }, which waits; I try it once every 10 minutes now, and give its credits back 30 minutes after it was placed. Please look at the provider’s own page, or change IMAGE_MODELS and restart.
alert-rule-response-time = Answers take long
alert-rule-error-rate = Many requests fail
alert-rule-processing-time = Pictures take long
alert-rule-cpu = The processor is busy
alert-rule-memory = Memory runs short
alert-rule-disk = The disk is nearly full
alert-rule-cache-hit-rate = The cache helps little
alert-rule-active-requests = Many requests at once
alert-rule-database-pool = The database’s connections are all in use
alert-rule-image-queue = Many pictures wait for a thread
alert-rule-open-circuits = A provider’s endpoint is not asked any more
alert-measure-seconds = { $value } s on average, the limit is { $limit } s
alert-measure-percent = { $value } %, the limit is { $limit } %
alert-measure-count = { $value }, the limit is { $limit }
alert-performance-warning = 🟡 <b>{ $what }.</b> { $measure }. See /performance.
alert-performance-critical = 🔴 <b>{ $what }.</b> { $measure }. See /performance.
alert-performance-over = ✅ Over: { $what }.
alert-update-given-up = ⚠️ <b>A message could not be handled and is given up.</b> { $kind } { $update }: { $fault }. See /failed; the log says more.

## Buying

shop-title = 💎 You have <b>{ $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }</b>.
shop-paused = 🔧 <b>The studio is closed for a short while.</b> Until pictures can be made again I sell no credits, so that nobody pays for waiting. Your credits stay as they are. Please look in again a little later.
shop-hint = Choose a package. One credit is one picture. Credits never expire, and what could not be made is never charged.
shop-subscription-renews = Your subscription renews on { $date }.
shop-subscription-ends = Your subscription ends on { $date }.
button-package = { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } · { $price } · { $each } each
button-subscribe = { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } a month · { $price }
button-subscribe-pay = Subscribe · { $stars } ⭐ a month
button-unsubscribe = Cancel the subscription
subscription-offer = { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } every month for { $stars } Stars. You can cancel at any time under /buy.
paywall-title = { $missing ->
        [one] 1 more credit is needed.
       *[other] { $missing } more credits are needed.
    } { $available ->
        [0] You have none left.
        [one] You have 1.
       *[other] You have { $available }.
    }
button-affordable = Make just { $pictures ->
        [one] 1
       *[other] { $pictures }
    } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-affordable-photos = The first { $photos ->
        [one] photo
       *[other] { $photos } photos
    } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
paywall-continues = Choose a package: once it is paid, your order starts by itself.
invoice-title = { $credits } credits
invoice-description = Package “{ $name }”: { $credits } credits, one for each styled picture of your products. They never expire.
payment-credited = 💚 Thank you! { $added ->
        [one] 1 credit
       *[other] { $added } credits
    } added, you have { $credits } now.
payment-credited-late = 💚 This invoice was paid before or had expired, so this counts as a new purchase: { $added ->
        [one] 1 credit
       *[other] { $added } credits
    } added, you have { $credits } now. If you did not mean to, write to /paysupport.
payment-held = I received your payment, but it does not fit any open order. A person will look at it and write to you.
payment-delayed = 💚 Your payment of { $price } has arrived and is safe. Your credits follow: I could not add them just now, and I keep trying until I have. Please do not pay again; if they are not here in an hour, write to /paysupport.
payment-order-follows = ⏳ Your order could not be started just now. It starts by itself in a minute or two.
checkout-order = This invoice is over. Please get a new one with /buy. Nothing was charged.
checkout-price = The price has changed. Please get a new invoice with /buy. Nothing was charged.
checkout-discount = Your discount is for one purchase, and another invoice has it. Please get a new invoice with /buy. Nothing was charged.
checkout-subscribed = You have a subscription that renews, or its payment is under way: see /buy. Nothing was charged.
checkout-payer = This invoice was made for somebody else. Get your own with /buy. Nothing was charged.
checkout-paused = The studio is closed for a short while, so I take no money now. Please pay a little later: your invoice stays open. Nothing was charged.
checkout-later = I cannot take payments this minute. Please try again soon. Nothing was charged.
alert-payment-held = ⚠️ <b>A payment fits no order and is held.</b> See /held.
alert-unsettled-payment = ⚠️ <b>A payment arrived and could not be credited.</b> { $price } from person { $user }, who has been told that the credits follow. I try again every minute; until it is settled it stays under /held. The log says why.
alert-unsettled-refund = ⚠️ <b>Money went back to a buyer, and that could not be written down.</b> { $price } to person { $user }; the credits are not taken yet. I try again every minute; until it is settled it stays under /held. The log says why.
alert-settled-payment = ✅ The payment that could not be credited is settled now: { $price } from person { $user }.
alert-settled-refund = ✅ The money that went back is written down now: { $price } to person { $user }.
command-buy = Buy credits

## Support and terms

terms = 📄 <b>Terms</b>

    • One credit is one delivered picture; a large one takes two. Credits never expire.
    • What could not be made, was refused or cancelled is not charged; its credit comes back by itself.
    • A picture that is not right: tap “Not right” and its credit comes back, within fair use.
    • Digital goods are sold in Telegram Stars. Refunds: /paysupport.
    • You keep all rights to your photos and pictures. Photos are used to make your pictures and for nothing else.
    • Pictures are made by an AI model and carry its label in their data. Check them before you publish.
command-terms = Terms
command-support = Write to us
command-paysupport = Help with a payment
support-ask = ✍️ What can we do for you? Write it in one message; a photo may come with it. A person will answer here.
support-ask-payment = ✍️ What happened with the payment? Write it in one message; a screenshot may come with it. A person will answer here.
support-charges = Your last payments are in the ticket already:
support-received = 💌 Thank you, ticket { $id } is with us. We will answer here.
support-left = All right, nothing goes to support. /support is there any time.
support-answer = 💌 <b>Answer to ticket { $id }</b>
support-resolved = Ticket { $id } is resolved. Write to /support any time.
button-support-write = Write back
button-support = Write to support
ticket-title = 🎫 <b>Ticket { $id }</b> · { $topic } · person { $user }
ticket-topic-payment = payment
ticket-topic-other = question
ticket-person = Person
ticket-owner = We
ticket-write = Write your answer to ticket { $id } in one message.
ticket-answered = The answer to ticket { $id } has arrived.
ticket-not-delivered = ⚠️ The answer to ticket { $id } could not be delivered: the person has blocked the bot. It is kept in the ticket.
ticket-resolved = Ticket { $id } is resolved.
tickets-none = No ticket is waiting.
tickets-title = 🎫 <b>Tickets that wait</b>
button-ticket-reply = Reply
button-ticket-resolve = Resolve
error-awaiting-payment = This order waits for its payment and starts by itself then. Create shows the packages once more.

## Refunds (admins) and what the buyer is told

payments-title = 💳 <b>Payments</b>
payments-none = There are no payments.
held-title = 🖐 <b>Money that fits no order</b>
held-none = No money is held.
unsettled-title = ⏳ <b>Money that could not be written down yet</b>
unsettled-line-payment = #{ $id } · { $date } · { $price } · { $name } ({ $user }) · arrived, not credited
unsettled-line-refund = #{ $id } · { $date } · { $price } · { $name } ({ $user }) · went back, credits not taken
unsettled-more = … and { $more } more.
button-settle-payment = Credit #{ $id } · { $price }
button-settle-refund = Take back #{ $id } · { $price }
settle-outcome-settled = ✅ It is settled.
settle-outcome-before = It was settled already.
settle-outcome-held = 🖐 It is written down, but it fits no order. See /held.
settle-outcome-failed = ⚠️ It could not be settled this time either, and stays under /held. The log says why; I go on trying.
payment-line = #{ $id } · { $date } · { $price } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } · { $name } ({ $user }) · { $state }
payment-state-credited = credited
payment-state-held = held
payment-state-refunding = being refunded
payment-state-refunded = refunded
payment-state-charged-back = charged back
payment-given-back = { $part } given back
held-reason-order = no such order
held-reason-price = another price
held-reason-payer = another payer
held-reason-period = a month that is paid already
button-refund = Refund #{ $id } · { $price }
button-refund-yes = Refund { $price }: { $why }
button-refund-by-hand = Mark as returned: { $why }
button-refund-part = Give back a part
refund-confirm = ❓ <b>Refund payment { $id }?</b> { $price } go back to { $name } ({ $user }).
refund-credits = It bought { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }. { $unused ->
        [0] All are used, so none is taken back.
        [one] 1 is unused and is taken back.
       *[other] { $unused } are unused and are taken back.
    }
refund-given-back = { $part } of it was given back before; this is the rest.
refund-whole-only = ⭐ Stars go back whole only: Telegram returns no part of them.
refund-part-credits = Of its { $standing } credits { $claimed ->
        [0] none goes
        [one] 1 goes
       *[other] { $claimed } go
    } with it.{ $missing ->
        [0] {""}
        [one] {" "}1 of them is used, and is taken only if a picture’s credit comes back.
       *[other] {" "}{ $missing } of them are used, and are taken only as credits of pictures come back.
    }
refund-at-work = { $credits ->
        [one] 1 is reserved for a picture in work; it is taken if it comes back.
       *[other] { $credits } are reserved for pictures in work; those that come back are taken.
    }
refund-by-hand = 💳 It was paid by card, and Telegram cannot return that. <b>Return the money at the payment provider first</b>, then mark it here.
refund-outcome-refunded = ✅ Payment { $id } is refunded.
refund-outcome-refused = ⚠️ Telegram refused to refund payment { $id }. Nothing has changed: the credits are back with the buyer. The log says why.
refund-outcome-unknown = ⏳ Telegram did not answer about payment { $id }. The credits are taken back; I go on asking by myself until it is refunded.
refund-done = 💸 Your payment of { $price } has been refunded. { $credits ->
        [0] You have no credits left.
        [one] You have 1 credit left.
       *[other] You have { $credits } credits left.
    }
refund-rest-done = 💸 The rest of your payment, { $price }, has been given back. { $credits ->
        [0] You have no credits left.
        [one] You have 1 credit left.
       *[other] You have { $credits } credits left.
    }
refund-part-done = 💸 { $part } of your payment of { $price } have been given back. { $taken ->
        [0] No credits were taken with it.
        [one] 1 credit was taken with it.
       *[other] { $taken } credits were taken with it.
    }{ $owed ->
        [0] {""}
        [one] {" "}1 more is used; if a picture’s credit comes back, it is taken.
       *[other] {" "}{ $owed } more are used; as credits of pictures come back, they are taken.
    }
refund-part-balance = { $credits ->
        [0] You have no credits left.
        [one] You have 1 credit.
       *[other] You have { $credits } credits.
    }
payment-found = 💚 Your payment reached me late, sorry! { $added ->
        [one] 1 credit
       *[other] { $added } credits
    } added, you have { $credits } now.
balance-debt = 💳 You owe <b>{ $debt ->
        [one] 1 credit
       *[other] { $debt } credits
    }</b>: a payment was taken back after its pictures had been made. Your next purchase settles it first.
subscription-confirm = ❓ <b>Cancel the subscription?</b> It lasts until the end of the time that is paid; after that nothing is charged and no new credits come. The credits that are yours stay.
button-resubscribe = Take the subscription up again
subscription-reopened = 🔁 It can go on. Telegram asks you yourself: open Settings › My Stars, choose this subscription and renew it. Until you do, it ends with the time that is paid, and nothing is charged.
subscription-kept = The subscription goes on.
subscription-surplus = You subscribed twice, so I have ended the second subscription: it will not be charged again. The credits that it brought are yours.
button-unsubscribe-yes = Yes, cancel it
button-unsubscribe-no = Keep it
subscription-cancelled = The subscription is cancelled. It lasts until the end of the time that is paid.
error-nothing-to-refund = There is nothing to refund: somebody was faster, or the money is back already.
error-refund-too-much = Only { $left } { $currency } of this payment are left: a part was given back meanwhile.
alert-chargeback = ⚠️ <b>Chargeback.</b> Person { $user } took payment { $id } back ({ $price }). Its { $credits } credits are taken; the balance is { $balance } now.
alert-refund-refused = ⚠️ Telegram refused to refund payment { $id }. Its credits are back with the buyer. See /payments and the log.
alert-reconciled = 🔧 <b>The comparison with Telegram’s transactions repaired something.</b> Payments that had been lost: { $payment }. Held, see /held: { $held }. Refunds: { $refund }. Chargebacks: { $chargeback }.
command-payments = Payments and refunds
command-held = Money that waits for you
command-tickets = Tickets that wait
command-failed = Messages that were given up
failed-none = ✅ No message was given up this week.
failed-title = 🪦 <b>{ $count ->
        [one] A message that was given up
       *[other] { $count } messages that were given up
    }</b>
failed-line = #{ $update } · { $date } · { $kind } · { $user } · { $fault } · { $times ->
        [one] once
       *[other] { $times } times
    }
failed-hint = “Try again” handles it as if it had come just now. What nobody tries goes after a week.
button-retry = Try #{ $update } again
retry-begun = It is handled again now.
retry-gone = It is no longer among them.
command-gift = Give credits
command-promo-new = New promo code
command-promo-list = Promo codes
command-link = Link with a source
command-sources = Where people come from
command-conversions = Conversions as a table

## Growth

command-invite = Invite other sellers
command-promo = Use a promo code
invite-title = 🎁 <b>Invite other sellers</b>
invite-start = When somebody new opens your link and gets a first picture, { $credits ->
        [one] 1 credit is
       *[other] { $credits } credits are
    } yours.
invite-purchase = Of every package they buy, { $percent } % of the credits is added to yours.
invite-cap = That can be up to { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } in thirty days.
invite-earned = { $arrived ->
        [0] Nobody has come by your link yet.
        [one] 1 seller has come by your link.
       *[other] { $arrived } sellers have come by your link.
    } { $earned ->
        [one] You have earned 1 credit.
       *[other] You have earned { $earned } credits.
    }
invite-share-text = A plain photo of a product becomes pictures for the marketplace. The first ones are free.
button-share = Share
button-copy-link = Copy the link
promo-ask = 🎟 Write the code after the command, such as <code>/promo SPRING</code>.
promo-credits = 🎟 { $added ->
        [one] <b>1 credit</b> is
       *[other] <b>{ $added } credits</b> are
    } added, you have { $credits } now.
promo-percent = 🎟 <b>{ $percent } % off</b> your next purchase. Choose a package: /buy
error-promo-unknown = I do not know this code. Please check the letters.
error-promo-over = This code is over.
error-promo-used = You have used this code already.
gift-received = 🎁 <b>A present for you: { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }!</b> Enjoy.
gift-received-why = 🎁 <b>A present for you: { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }!</b>

    { $why }
gift-usage = <code>/gift id-or-@username credits why</code>, such as <code>/gift 1234567 5 Sorry for the wait</code>. The person reads why; it can be left out.
gift-unknown = I know nobody of this id or name.
gift-several = More than one person has had this name. Please use the id.
gift-done = 🎁 { $name } was given { $given } and has { $credits } credits now.
gift-done-untold = 🎁 { $name } was given { $given } and has { $credits } credits now, but could not be told.
promo-new-usage = <code>/promo_new CODE credits|percent VALUE max=N per=N days=N</code>

    CODE: 3–24 Latin letters and digits. Up to 10,000 credits, or up to 90 per cent of the next purchase. The limits can be left out: uses in all, uses a person (1), days.
promo-created = 🎟 <code>{ $code }</code> works from now on. Link: { $link }
promo-exists = There is a code <code>{ $code }</code> already; it is as it was.
promo-list-none = There are no promo codes yet: /promo_new
promo-list-title = 🎟 <b>Promo codes</b>
promo-gives-credits = <code>{ $code }</code>: { $value ->
        [one] 1 credit
       *[other] { $value } credits
    }
promo-gives-percent = <code>{ $code }</code>: { $value } % off
promo-uses = used { $uses }
promo-uses-of = used { $uses } of { $max }
promo-per-person = { $times } a person
promo-until = until { $date }
link-usage = <code>/link utm_source=vk&amp;utm_medium=cpc&amp;utm_campaign=spring&amp;ref=…&amp;promo=CODE&amp;package=2</code>

    Every field can be left out, but not all. Also utm_content, utm_term and yclid.
link-created = 🔗 { $link }
sources-usage = <code>/sources days</code>, such as <code>/sources 30</code>.
sources-none = Nothing happened in the last { $days } days.
sources-title = 📈 <b>Sources, the last { $days } days</b>
sources-direct = without a source
sources-funnel = starts { $starts } → photos { $photos } → pictures { $firstPictures } → shop { $paywalls } → paid { $paid } → again { $secondPurchases }
sources-more = And { $more } more; /conversions has them all.
conversions-usage = <code>/conversions days</code>, such as <code>/conversions 30</code>.
conversions-none = Nothing happened in the last { $days } days.
conversions-caption = { $events } events of the last { $days } days, times in UTC.
conversions-caption-newest = The newest { $events } events of the last { $days } days, times in UTC.

## Owners and support

command-admin = Everything for owners
command-user = Find a person
command-orders = Orders
command-pause = Close the shop for a while
command-resume = Open the shop again
command-team = Who helps with tickets
command-support-add = Let a person help with tickets
command-support-remove = End a person’s help with tickets
button-page-before = ← Before
button-page-after = Next →
button-admin-menu = ‹ Menu
list-empty = There are none.
orders-title = 🧾 <b>Orders</b>
order-line = #{ $id } · { $date } · { $price } · { $package } · { $name } ({ $user }) · { $state }
order-state-all = all
order-state-pending = open
order-state-paid = paid
order-state-cancelled = cancelled
order-state-expired = expired
order-state-refunded = refunded
refund-why = Choose why; it is kept with the refund.
refund-reason-asked = they asked
refund-reason-quality = poor pictures
refund-reason-twice = paid twice
refund-reason-goodwill = goodwill
button-person = Who is it?
user-usage = <code>/user id-or-@username-or-charge</code>, or forward me a message of the person.
user-hidden = This person hides who wrote their messages. Please ask for their id or @username.
person-title = 👤 <b>{ $name }</b> · <code>{ $user }</code>
person-support = 🎫 helps with tickets
person-banned = ⛔️ shut out: { $why }
person-blocked = 🔕 has blocked the bot
person-balance = 💰 Credits: <b>{ $credits }</b> · reserved { $reserved }
person-pictures = 🖼 Photoshoots: { $photoshoots } · pictures { $pictures }
person-spent = 💳 Spent: <b>{ $spent }</b> · payments { $payments }
person-refunds = ↩️ Stars go back whole only; of a card payment a part as well: see “Payments”.
person-seen = 🕰 Since { $since } · last seen { $seen } · { $language }
person-source = 🔗 Came from { $source }
person-invited = 🤝 Invited by { $inviter }
person-open = ⏳ Open: photoshoots { $photoshoots } · invoices { $orders } · held money { $held } · tickets { $tickets }
person-subscription = 🔁 Has a subscription that renews
person-act = • { $date } · { $act } · by { $actor }
act-gift = gift
act-correct = credits corrected
act-refund = refund
act-refund-part = part of a payment given back
act-settle = payment settled
act-ban = shut out
act-unban = let in
act-message = message
act-answer-ticket = ticket answered
act-resolve-ticket = ticket resolved
act-retry-update = message tried again
act-create-promo = promo code made
act-create-link = link made
act-grant-support = support granted
act-withdraw-support = support withdrawn
act-pause = shop closed
act-resume = shop opened
act-stop-free-credits = free credits stopped
act-allow-free-credits = free credits given again
act-broadcast = broadcast
act-arrange-styles = styles arranged
act-clear-caches = caches emptied
act-warm-caches = caches filled
act-clean-up = cleaned up
act-set-thresholds = thresholds changed
act-set-limit = limit changed
act-begin-weekly-digest = weekly digest asked for
act-end-weekly-digest = weekly digest ended
button-correct = Correct credits
button-gift = Give credits
button-message = Write to them
button-refunds = Payments
button-orders = Orders
button-tickets = Tickets
button-ban = Shut out
button-unban = Let in again
request-ask-gift = 🎁 How many credits, and why? Such as <code>5 Sorry for the wait</code>. The person reads why.
request-ask-correct = ⚖️ Up or down by how many, and why? Such as <code>+5 Two pictures were cut</code> or <code>-3 Given twice</code>. The person reads why.
request-ask-ban = ⛔️ Why is this person shut out? They read it. Nothing of theirs is lost, and what is in work is finished.
request-ask-message = ✍️ What shall I tell this person? One message; they can write back through support.
request-ask-refund-part = 💳 How much of payment { $id } is given back, and why? { $left } are left. Such as <code>{ $example } Two pictures were cut</code>. The person reads why.
request-confirm-gift = ❓ <b>Give { $credits } to { $name }</b> ({ $user })? They have { $before } now and { $after } then.
request-confirm-correct = ❓ <b>{ $direction ->
        [down] Take { $credits } from
       *[up] Add { $credits } to
    } { $name }</b> ({ $user })? They have { $before } now and { $after } then.
request-confirm-ban = ❓ <b>Shut { $name } out</b> ({ $user })? They read:
request-confirm-message = ❓ <b>Send this to { $name }</b> ({ $user })?
request-confirm-refund-part = ❓ <b>Give back { $part }</b> of the { $left } that are left of payment { $id }, to { $name } ({ $user })?
request-short = ⚠️ They have { $before }, and I take no more than there is. Write the correction again with fewer.
button-do-gift = Give { $credits }
button-do-correct = Correct by { $credits }
button-do-ban = Shut out
button-do-message = Send
button-do-refund-part = Mark { $part } as returned
button-leave-it = Leave it
request-done-gift = ✅ Given, and the person knows.
request-done-correct = ✅ Corrected, and the person knows.
request-done-ban = ✅ Shut out, and the person knows why.
request-done-message = ✅ Sent.
request-done-refund-part = ✅ The part is given back, and the person knows.
request-unsent = ⚠️ It was not sent: I could not reach the person.
request-untold = ✅ Done, but I could not tell the person.
correction-received = ⚖️ Your credits were corrected: <b>{ $credits }</b>. { $why }
message-received = 💌 <b>A word from us</b>
    <blockquote>{ $words }</blockquote>
shut-out = ⛔️ I no longer take orders from you: “{ $why }”. Your credits stay yours, and what is in work is finished. If you think this is wrong, write to /support.
shut-out-tap = I no longer take orders from you. Write to /support if you think this is wrong.
let-in = 💚 You are welcome again: everything works as before.
admin-title = 🗂 <b>For owners</b>
admin-waits = ⏳ Waiting for you: tickets { $tickets } · money { $held } · failed messages { $failed }
admin-at-work = 🛠 Photoshoots in work: { $photoshoots }
admin-selling-paused = 🔧 Nothing is sold just now: see Brakes.
admin-free-stopped = 🎁 Newcomers get no free credits: see Brakes.
admin-person-hint = 👤 One person: /user with an id, a @username or a charge, or forward me their message.
admin-list-payments = Payments
admin-list-orders = Orders
admin-list-held = Held
admin-list-tickets = Tickets
admin-list-failed = Failed
button-statistics = Statistics
button-brakes = Brakes
button-team = Team
button-digests = Digests
digests-title = 📰 <b>Digests</b>
digests-daily = ☀️ Every morning from eight you all read of yesterday and of what waits.
digests-weekly = 📅 On Monday you read of the week before as well.
digests-not-weekly = 📅 Of weeks you read nothing yet.
button-weekly-begin = Tell of weeks as well
button-weekly-end = No more of weeks
brakes-title = 🎛 <b>Brakes</b>
brakes-selling = ✅ Credits are sold.
brakes-not-selling = 🔧 <b>Nothing is sold</b>, because
brake-owner = • you have closed the shop: { $why }
brake-provider-quota = • the provider has no quota left
brake-provider-key = • the provider refuses the key
brake-provider-model = • the provider does not know the model
brake-provider-outage = • the provider does not answer
brake-provider-budget = • the day’s budget is spent (PROVIDER_BUDGET_USD)
brakes-free-given = 🎁 Newcomers get free credits.
brakes-free-stopped = 🎁 Newcomers get <b>no</b> free credits.
brakes-hint = Close the shop with <code>/pause why</code>; buyers read why. Orders in work go on.
button-resume = Open the shop
button-free-stop = Stop free credits
button-free-allow = Give free credits again
pause-usage = <code>/pause why</code>, such as <code>/pause New models until noon</code>. Buyers read why, so it has to be short.
team-title = 👥 <b>Who helps with tickets</b>
team-line = • { $name } { $at } · <code>{ $user }</code>
team-empty = Nobody but the owners.
team-hint = They answer tickets and look at one person; they touch no money. Add one who has written to the bot: <code>/support_add id-or-@username</code>.
team-usage = With a person, such as <code>/support_add @emma</code> or <code>/support_remove 1234567</code>.
button-withdraw = End the help of { $name }
support-granted = 🎫 You help with tickets now: /tickets shows what waits, /user one person, /admin everything.
shop-paused-why = 🔧 <b>The shop is closed for a while:</b> “{ $why }”. Your credits stay as they are, and you can order with them.
checkout-paused-by-owner = The shop is closed for a while, so nothing was charged. { $why }
checkout-banned = I cannot take a payment from you. Please write to /support. Nothing was charged.
alert-budget-spent = ⚠️ <b>The day’s budget for the provider is spent.</b> { $spent } of { $budget } USD. Nothing is sold and orders wait until your midnight; I go on by myself. For more today raise PROVIDER_BUDGET_USD and restart.
alert-budget-over = ✅ The day’s budget is free again: orders go on and credits are sold.
error-already-done = That was done already.

## Broadcasts

command-limits = What people may do how often
limits-title = 🚦 <b>Limits</b>
limit-messages = messages of one person
limit-photoshoots = photoshoots of one person
limit-recognitions = photos of one person that a model looks at
limit-requests = requests of one address
limits-line = { $mark } { $what }: <b>{ $most }</b> in { $window }
limits-line-set = { $mark } { $what }: <b>{ $most }</b> in { $window } until { $until }, then { $usual } again
limits-nobody-waits = Nobody has to wait now.
limits-waiting = ⏳ Have to wait now: { $count }
limits-waiter = • <code>{ $who }</code>, { $what }: { $wait }
limits-seconds = { $number } s
limits-minutes = { $number } min
limits-hours = { $number } h
limits-hint = A key counts for an hour, in all processes within seconds. Another number or time: <code>/limits messages 5 90</code> for 90 minutes, with words for the audit behind it if you like; <code>/limits messages usual</code>.
limits-usage = The limit, how many, and for how many minutes, such as <code>/limits messages 5 90</code>, or <code>/limits messages usual</code>. There are messages, photoshoots, recognitions and requests; the longest time is 30 days.
button-limit-lower = { $mark } ↓ { $most }
button-limit-raise = { $mark } ↑ { $most }
button-limit-usual = { $mark } As usual: { $most }
command-performance = How the bot is doing
command-cache = What is kept ready, and cleaning up
process-title = 🩺 <b>How the bot is doing</b>, in the last five minutes
process-well = ✅ All parts are well.
process-unwell = ⚠️ Not well: { $parts }
process-unknown = –
process-machine = 🖥 Processor { $cpu } %, memory { $memory } %, disk { $disk } %
process-requests = 💬 { $active } at once, { $perSecond } a second; { $average } s on average, { $slowest } s for the slowest; { $errors } % failed
process-jobs = 🖼 { $jobs } jobs in hand, { $waiting } wait
process-data = 🗄 Connections in use { $pool } %, cache hits { $hits } %, up { $uptime } % of the last day
button-refresh = 🔄 Refresh

cache-title = 🗃 <b>What this process keeps ready</b>
cache-line = { $name }: { $filled } % full, { $hits } % of questions answered ({ $questions })
cache-name-recognition = What photos show
cache-name-prepared-photos = Prepared photos
cache-name-prepared-photos-on-disk = Prepared photos on disk
cache-name-thumbnails = Small pictures
cache-name-search = Searches over HTTP
cache-name-image-search = Searches by picture over HTTP
cache-redis-none = Redis: none is set, memory serves.
cache-redis-away = ⚠️ Redis is away; memory serves meanwhile.
cache-redis-well = Redis: { $used } MB in use
cache-cleared = Emptied: { $removed }. What is asked for is made anew.
cache-warmed = Ready: photos { $photos }, and your figures.
clean-up-done = Cleaned up. Removed: { $removed }
clean-up-partly = Cleaned up. Removed: { $removed }, steps that failed: { $failed }. The log says why.
button-cache-warm = ⚡️ Make ready
button-cache-clear = 🗑 Empty
button-clean-up = 🧹 Clean up
command-health = How each part is
health-title = 🫀 <b>How each part is</b>
health-line = { $note ->
        [none] { $mark } { $name } · { $latency } ms
       *[other] { $mark } { $name } · { $latency } ms: { $note }
    }
health-connections = 🗄 Connections to the database: { $active } work, { $idle } wait; this process opens { $max } at most
command-alerts = What I warn of
alerts-title = 🔔 <b>Alerts</b>
alerts-none = ✅ Nothing is wrong.
alerts-more = … and more; see the dashboard.
alerts-resolved = <b>Over lately</b>
alerts-ago = { $sentence } · { $time } ago
alerts-rules = <b>When I speak up</b>
alerts-rule = { $bad ->
        [above] { $name }: from { $warning }
       *[below] { $name }: below { $warning }
    }{ $critical ->
        [none] {""}
       *[other] , critical { $critical }
    }
alerts-measure = { $unit ->
        [seconds] { $value } s
        [percent] { $value } %
       *[count] { $value }
    }
alerts-change = Limits are changed in the /dashboard under “Alerts”.
button-health = 🫀 Parts
button-alerts = 🔔 Alerts
button-process = 🩺 Figures
command-broadcast = Tell many people something
button-broadcasts = New broadcast
broadcast-title = 📣 <b>Broadcast { $id }</b> · { $state }
broadcast-state-draft = not sent
broadcast-state-sending = being sent
broadcast-state-paused = paused
broadcast-state-done = sent
broadcast-state-cancelled = cancelled
broadcast-segment = 👥 To: { $segment } { $language }
segment-all = everybody
segment-buyers = buyers
segment-inactive = away for 30 days
segment-language = those who speak
broadcast-readers = 🔢 Readers now: { $readers }
broadcast-counts = 📬 Sent { $sent } · waiting { $waiting } · blocked { $blocked } · failed { $failed } · unknown { $unknown }
broadcast-no-text = ✍️ There is no text yet. Readers without one in their language get the English one.
broadcast-write = ✍️ Write the text in { $language } as one message, as it is to be read.
button-segment-language = speak { $language }
button-broadcast-text = Write in { $language }
button-broadcast-test = Send it to me alone
button-broadcast-start = Send to { $readers }
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-cancel = Cancel
button-news-off = No more news, please
button-news-on = News again
news-off = No more news from us. What concerns your orders still comes. /settings brings the news back.
news-on = You get our news again.
settings-news-on = 📣 You get our news, now and then.
settings-news-off = 🔕 You get no news.
morning-digest = ☀️ <b>Good morning.</b> Yesterday, { $day }:
    👤 New people: { $newPeople } · 🖼 pictures: { $pictures } · 💵 cost: { $cost } USD
    💳 Payments: { $payments } · { $money }{ $refunded ->
        [no] {""}
       *[other] {" · back: "}{ $refunded }
    }
    ⏳ Waiting for you: tickets { $tickets } · money { $held } · failed messages { $failed } · photoshoots in work { $atWork }
    🚨 Alerts that stand: { $alerts }
    { $selling ->
        [off] 🔧 Nothing is sold just now: see /admin.
       *[on] ✅ Credits are sold.
    }
weekly-digest = 📅 <b>Your week, { $from } – { $to }</b>, beside the one before:
    👤 New people: { $newPeople }
    🖼 Pictures: { $pictures } · 💵 cost: { $cost } USD
    💳 Payments: { $payments } · { $money }{ $refunded ->
        [no] {""}
       *[other] {" · back: "}{ $refunded }
    }

## Files for marketplaces

button-pack = 📦 Files for marketplaces
pack-title = 📦 <b>Files for marketplaces</b>
pack-hint = Exact pixels, file names and sizes for each channel, free of charge. Up to 9 files come one by one and as a ZIP, more as one ZIP.
pack-sku = 🏷 Article number: <b>{ $sku }</b>
pack-without-sku = 🏷 No article number: the files are called “product”.
pack-sku-ask = 🏷 Send the article number (SKU), such as <code>MUG-01</code>. The files are named after it.
pack-below = 🏷 The article number is set: the card is below.
pack-making = ⏳ <b>Making your files</b>: { $done } of { $total } are ready.
pack-ready = { $files ->
        [one] ✅ <b>1 file is ready</b>: { $channels }.
       *[other] ✅ <b>{ $files } files are ready</b>: { $channels }.
    }
pack-nothing = 😔 <b>None of these files could be made.</b>
pack-only-zip = They come as one ZIP with a folder for each channel.
pack-cut = ✂️ Cut to shape, please have a look: { $channels }.
pack-extended = 🖼 Extended to shape: { $channels }.
pack-smaller = 📐 Accepted, but smaller than the channel advises: { $channels }.
pack-too-small = 🔍 Needs a larger picture: { $channels }.
pack-no-cut-out = ⬜ Needs pure white around the product, and I could not cut it out with certainty: { $channels }. A photo on a plain ground that differs from the product helps.
pack-too-heavy = ⚖️ Cannot be made light enough: { $channels }.
pack-unreadable = ⚠️ The picture could not be read: { $channels }.
pack-from-preview = { $pictures ->
        [one] ℹ️ The original of 1 picture is no longer kept: it is made of the preview, which is less sharp.
       *[other] ℹ️ The originals of { $pictures } pictures are no longer kept: they are made of the previews, which are less sharp.
    }
pack-gone = { $pictures ->
        [one] 1 picture is no longer kept by Telegram or by me.
       *[other] { $pictures } pictures are no longer kept by Telegram or by me.
    }
pack-zip-name = marketplaces
button-pack-none = Choose a channel first
button-pack-make = 📦 Make { $files ->
        [one] 1 file
       *[other] { $files } files
    } · free
button-sku-add = 🏷 Add an article number
button-sku-change = 🏷 Change the article number
button-again-large = 🔎 Again, large · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-listing = 📝 Title & keywords · free
listing-begun = Writing…
listing-title = 📝 <b>Text for your listing</b>
listing-hint = Tap the text to copy it all. It says what the photos show and what you told me: please read it before you publish.
button-copy-title = Copy the title
button-copy-keywords = Copy the keywords
error-no-listing = 😔 I could not write a text about this product just now. Please try again in a few minutes; it is free.
error-too-many-listings = That were { $max } texts within a day, which is all I can write for one seller. More tomorrow.
button-cut-out = ✂️ Cut-out (PNG) · free
cut-out-begun = Looking for the outline…
cut-out-caption = ✂️ The product alone: transparent, on white with a soft shadow, and on pure white.
cut-out-file-name = cut-out
cut-out-title = Cut-out
cut-out-by-model = A model can cut it out of your photo. If it fails, the credit comes back.
button-cut-out-short = ✂️ Cut-out
button-cut-out-model = ✂️ Cut-out · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-white-model = ⬜ White main picture · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
cut-out-unsure = ✂️ I am not sure where your product ends in any of these pictures, so I made no cut-out. A photo on a plain ground that differs from the product, without hard shadows, helps.

## A person’s rights to their data

command-deletedata = Delete my data
checkout-leaving = Your data is about to be deleted: /start brings it back. Nothing was charged.
deletion-title = 🗑 <b>Delete your data?</b>
deletion-goes = <b>Goes:</b> your name, your photos and pictures, everything you wrote, saved styles, messages to support.
deletion-stays = <b>Stays:</b> what was paid and when, under a random number that does not lead to you. The books need it. What is in this chat stays in Telegram until you delete the chat.
deletion-credits = ⚠️ You lose { $credits ->
        [one] <b>1 credit</b>
       *[other] <b>{ $credits } credits</b>
    } that you have not used.
deletion-refunds = ⚠️ After it no payment can be refunded: Telegram needs to know whose it was.
deletion-subscription = Your subscription ends now, and is not charged again.
deletion-work = { $photoshoots ->
        [one] What is being made now still arrives.
       *[other] The { $photoshoots } orders in work still arrive.
    }
deletion-waits = ⏳ One of your payments is not settled yet. The deletion waits until it is.
deletion-days = You have { $days ->
        [one] 1 day
       *[other] { $days } days
    } to come back. Until then nothing is sold to you and nothing is made.
deletion-kept = 👍 Everything stays as it is.
deletion-team = You help here, so what you did for others is kept under your name. Ask an owner to end that first, then /deletedata works.
deletion-done = ✅ Your data is deleted. If you ever come back, /start begins anew.
button-delete-data = Delete my data
button-keep-data = Keep my data
leaving = 🗑 Your data will be deleted on <b>{ $date }</b>. Until then it is one tap to keep it, and nothing else works here.
leaving-tap = Your data is about to be deleted. Send /start to keep it.
leaving-back = 👍 <b>Welcome back.</b> Nothing is deleted, all that you had is here.
person-leaving = 🗑 asked for their data to be deleted: due on { $date }, unless they come back
person-deleted = 🗑 data deleted on { $date }. Only what the books need is left.
error-buyer-deleted = The buyer had their data deleted, and Telegram refunds only to somebody who is known. They were told so before.
command-privacy = Your data: what is kept
privacy-title = 🔐 <b>Your data</b>
privacy-kept = <b>What is kept, for how long, and why</b>
privacy-kept-drafts = Photos you sent and did not order with: { $time }, so that the card works
privacy-kept-history = Photos, pictures and words of your orders: { $time }, for /history and new pictures of them
privacy-kept-originals = Originals of pictures you have not fetched: { $time }
privacy-kept-recognitions = What was seen in a photo: { $time }, so that it is not looked at twice
privacy-kept-prepared-photos = The photo made ready for its pictures: { $time }, in memory only
privacy-kept-updates = Your messages: their words until they are handled, that they came { $time }, so that none counts twice
privacy-kept-failed-updates = A message I could not handle: { $time }, so that a person can look at it
privacy-kept-tickets = What you wrote to support: { $time } after it is settled
privacy-kept-owner-words = What we wrote about you or to you: { $time }, to answer for it
privacy-kept-invoices = Unpaid invoices, and notes on payments that came late: { $time }
privacy-kept-broadcasts = That you got a message which went to many: { $time }, so that you get it once
privacy-kept-data-requests = That you asked for your data: { $time }
privacy-kept-former-customers = After a deletion a code made from your Telegram number with a secret: { $time }, only so that the free gift is given once and who was shut out stays so
privacy-until-deletion = Your name, user name, language, saved styles, and where you came from: until you delete them
privacy-books = Payments and credits: as long as the books need them, after a deletion without you. The receipt number that Telegram gave a payment stays with it.
privacy-minutes = { $number ->
        [one] 1 minute
       *[other] { $number } minutes
    }
privacy-hours = { $number ->
        [one] 1 hour
       *[other] { $number } hours
    }
privacy-days = { $number ->
        [one] 1 day
       *[other] { $number } days
    }
privacy-who = <b>Who sees it</b>
    Telegram carries everything and keeps this chat. Photos and words of an order go to the AI provider ({ $providers }) with a code instead of your name. Owners and support see what they need to help. Nobody else; nothing is sold. Technical logs hold numbers, none of your words.
privacy-clicks = If you came by an advertisement, its network learns by its own click number that you started and bought.
privacy-rights = /mydata – all of it as a file
    /deletedata – delete everything, with { $days ->
        [one] 1 day
       *[other] { $days } days
    } to change your mind
    /support – ask us
button-ask-delete = Delete my data…
command-mydata = Everything about you as a file
button-data-file = My data as a file
data-file-begun = 📦 I am putting together everything that is kept about you. The file comes in a moment.
data-file = 📦 Everything that is kept about you, as data.json in this archive. Pictures are named by Telegram’s file numbers, and /history shows them.
data-file-about = Everything that is kept about you, table by table. Pictures are named by Telegram’s file ids; other people by “somebody else”. /privacy says what is kept and for how long.
data-file-name = my-data.zip
data-file-unsure = 📦 Your file was on its way when something broke. If it is not above, send /mydata again.
data-file-failed = 📦 Your file could not be sent. Please send /mydata again, or write to /support.
error-data-too-soon = Your last file is less than an hour old. The next one can be made in { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }.
### The dashboard in the browser: no markup in these, since pages escape every text.

command-dashboard = Open the dashboard
button-dashboard = Dashboard
button-dashboard-open = Open the dashboard
button-dashboard-app = Open it in Telegram
dashboard-link = 🔑 This key opens the dashboard once, within ten minutes. Keep it to yourself.
dashboard-here = It works on the computer that I run on. To open it from a phone, set DASHBOARD_URL.
act-sign-in = signed in
dash-title = Dashboard
dash-skip = To the content
dash-menu = Menu
dash-more = More
dash-to-start = To the start
dash-refused = This did not work
dash-form-foreign = This form is not one of this session. Open the page again.
dash-sign-in = Sign in
dash-sign-in-hint = One press opens the dashboard in this browser.
dash-sign-in-how = Send /dashboard to the bot: it answers with a key that opens the dashboard.
dash-signed-in-already = I am signed in already
dash-signed-out = You are signed out
dash-link-over = This key has been used, or is too old
dash-link-again = Each key opens the dashboard once, within ten minutes. Send /dashboard to the bot for another one.
dash-opening = Opening…
dash-app-refused = I cannot open the dashboard here. Close it and open it again from the chat; it is for owners and those who help them.
dash-session = This session
dash-sign-out = Sign out
dash-sign-out-everywhere = Sign out everywhere
dash-section-overview = Overview
dash-section-payments = Payments
dash-section-orders = Orders
dash-section-people = People
dash-section-find = Find a person
dash-section-tickets = Tickets
dash-section-pictures = Pictures
dash-section-styles = Styles
dash-section-prices = Prices
dash-section-sources = Sources
dash-section-cohorts = Who returns
dash-section-broadcasts = Broadcasts
dash-section-audit = Audit
dash-section-health = Health
dash-section-alerts = Alerts
dash-section-limits = Limits
dash-section-channels = Sales channels
dash-channels-hint = By these rules files for marketplaces are made. Channels change their rules without notice: look at a source before you rely on it. A guess means that nothing current was found.
dash-col-channel = Channel
dash-col-file = File
dash-channel-white = pure white ground
dash-channel-most = { $megabytes } MB at most, { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
dash-col-certain = How certain
dash-channel-read = read on { $day }
dash-channel-rule-pixels = pixels
dash-channel-rule-bytes = megabytes
dash-channel-rule-ground = ground
dash-channel-rule-names = names
dash-certain-official = official
dash-certain-copied = copied
dash-certain-third-party = others say so
dash-certain-guess = a guess
dash-period = Period
dash-period-custom = Other days
dash-from = From
dash-to = To
dash-show = Show
dash-more-than-before = more than before
dash-less-than-before = less than before
dash-seconds = { $seconds } s
dash-within = 95 of 100 within { $time }
dash-name = Name
dash-value = Value
dash-waits = What waits
dash-nothing-waits = Nothing waits for you.
dash-waits-alerts = { $count ->
        [one] alert stands
       *[other] alerts stand
    }
dash-waits-tickets = { $count ->
        [one] ticket waits
       *[other] tickets wait
    }
dash-waits-held = { $count ->
        [one] payment is held
       *[other] payments are held
    }
dash-waits-unsettled = { $count ->
        [one] payment is not written down
       *[other] payments are not written down
    }
dash-waits-failed = { $count ->
        [one] message was given up
       *[other] messages were given up
    }
dash-money = Money
dash-net = Income
dash-net-note = { $gross } in, { $refunded } back, { $average } on average
dash-margin = Margin
dash-margin-note = { $each } an order
dash-cost = Providers’ cost
dash-cost-note = { $each } a picture
dash-orders-paid = Orders paid
dash-orders-note = { $pending } open, { $cancelled } cancelled, { $expired } expired
dash-paying = People who paid
dash-conversion = { $percent } % of the newest invoices
dash-refunds = Refunds
dash-chargebacks = Parts given back: { $parts }, chargebacks: { $count }
dash-outstanding = Pictures owed
dash-outstanding-note = Credits that people hold
dash-by-package = By package
dash-by-source = By source
dash-use = Use
dash-pictures-delivered = Pictures
dash-pictures-note = { $bought } bought, { $given } given, { $free } free
dash-people-active = Active people
dash-people-new = New people
dash-people-blocked = Left: { $count }
dash-known-again = Known again
dash-known-again-note = calls that were saved; { $model } by a model, { $house } with the house’s styles
dash-photoshoots = Photoshoots
dash-photos-note = Photos sent: { $count }
dash-by-style = By style
dash-by-ratio = By format
dash-by-language = By language
dash-quality = Quality
dash-complete = Complete photoshoots
dash-outcomes-note = { $partial } in part, { $failed } failed, { $cancelled } stopped, { $refused } photos refused
dash-not-right = Not right
dash-missing = Pictures not made
dash-missing-note = { $failed } failed, { $refused } refused
dash-drifted = Unlike their photos
dash-drifted-note = { $same } like them, { $notMeasured } not measured
dash-labels = Labels that read otherwise
dash-labels-note = { $same } as in the photo, { $none } without text, { $notRead } not read
dash-photo-to-card = Photo to styles
dash-create-to-delivery = Create to pictures
dash-not-right-reasons = Why not right
dash-missing-why = Why not made
dash-in-tables = In tables
dash-help = Help
dash-tickets-opened = New tickets
dash-first-answer = First answer
dash-now = Now
dash-queued = In line
dash-generating = Being made
dash-awaiting-payment = Waiting for payment
dash-drafts = Drafts
dash-spent-today = Providers today
dash-of-budget = { $percent } % of { $budget } a day
dash-no-budget = no limit is set
dash-of-style = Style: { $style }.
dash-all-styles = Show all styles
dash-states = State
dash-search = Person
dash-search-hint = Id, @name or charge
dash-find = Find
dash-find-person = Find a person
dash-nobody = I know nobody by this id, @name or charge.
dash-several = Several people have had this name. Search by the id.
dash-none = There is nothing here.
dash-csv = CSV
dash-order = { $order ->
        [oldest] Oldest first
       *[newest] Newest first
    }
dash-sort = Sorted by
dash-sort-starts = Starts
dash-sort-photos = Photos
dash-sort-pictures = First pictures
dash-sort-paid = Paid
dash-sort-revenue = Revenue
dash-pages = Pages of the list
dash-page-before = ‹ Before
dash-page-after = Next ›
dash-col-payment = Payment
dash-col-order = Order
dash-col-person = Person
dash-col-id = Id
dash-col-username = User name
dash-col-state = State
dash-col-amount = Amount
dash-col-given-back = Given back in parts
dash-col-day = Day
dash-col-week = Week from
dash-col-currency = Currency
dash-col-credits = Credits
dash-col-time = Time
dash-col-package = Package
dash-col-language = Language
dash-col-since = Since
dash-col-seen = Last seen
dash-col-source = Source
dash-col-campaign = Campaign
dash-col-paywalls = Saw the shop
dash-col-again = Paid again
dash-col-weeks-later = +{ $weeks }
dash-weeks-later = { $weeks ->
        [one] { $weeks } week later
       *[other] { $weeks } weeks later
    }
dash-col-ticket = Ticket
dash-col-topic = Topic
dash-col-moved = Last message
dash-col-picture = Picture
dash-col-product = Product
dash-col-style = Style
dash-col-ratio = Format
dash-col-why = Why
dash-col-stars = Stars
dash-col-each = A picture
dash-col-card = By card
dash-col-code = Code
dash-col-gives = Gives
dash-col-used = Used
dash-col-per-person = Times a person
dash-col-until = Until
dash-col-broadcast = Broadcast
dash-col-segment = Readers
dash-col-act = Act
dash-col-prompt = For the model
dash-col-by = By
dash-col-whom = Whom
dash-col-object = What
dash-col-before = Before
dash-col-after = After
dash-col-reason = Why
dash-payment = Payment { $id }
dash-held-why = Held because
dash-unused = Unused credits
dash-at-work = Credits in work
dash-refund = Refund
dash-why = Why
dash-choose = Choose…
dash-why-missing = Say why it is refunded.
dash-refund-yes = Refund { $price }
dash-refund-by-hand = Mark { $price } as returned
dash-by-hand = It was paid by card, and Telegram cannot return that. Return the money at the payment provider first, then mark it here.
dash-renews = It belongs to a subscription that renews. The person, or you in the chat, can end it.
dash-given-parts = Given back in parts
dash-part-left = Left
dash-part-credits = { $credits ->
        [0] without credits
        [one] with 1 credit
       *[other] with { $credits } credits
    }
dash-part-amount = How much ({ $currency }), of { $left }
dash-part-unread = Say how much, up to { $left }, and why, in up to { $longest } characters.
dash-refund-whole-only = Stars go back whole only: Telegram returns no part of them.
dash-unsettled = Money that is not written down
dash-unsettled-hint = It arrived or went back, and could not be written down yet. I go on trying by myself.
dash-try-again = Try again
dash-spent = Spent
dash-payments-count = Payments: { $count }
dash-photoshoots-count = Photoshoots: { $count }
dash-tickets-count = In all: { $count }
dash-open-tickets = Open tickets
dash-reserved = { $credits } reserved
dash-invited-by = Invited by
dash-at-work-now = Photoshoots in work
dash-open-orders = Open invoices
dash-held-payments = Held payments
dash-subscription = Subscription
dash-subscription-renews = renews
dash-of-person = Of this person
dash-banned = shut out
dash-blocked = has left
dash-support = helps with tickets
dash-done-to-them = What was done
dash-act-gift = Give credits
dash-act-correct = Correct credits
dash-act-ban = Shut out
dash-act-message = Write to them
dash-act-refund-part = Give back a part
dash-how-many = How many credits
dash-direction = Up or down
dash-up = Up
dash-down = Down
dash-why-read = Why? The person reads it
dash-message-words = What shall I tell them? They can write back
dash-ban-hint = Nothing of theirs is lost, and what is in work is finished.
dash-go-on = Go on
dash-leave-it = Leave it
dash-unban = Let in again
dash-words-missing = Say how many, where credits move, and write at most { $longest } characters.
dash-confirm-gift = Give { $name } { $credits }? They have { $before } now and { $after } then. They read:
dash-confirm-correct = Correct the credits of { $name } by { $credits }? They have { $before } now and { $after } then. They read:
dash-confirm-ban = Shut { $name } out? They read:
dash-confirm-message = Send this to { $name }?
dash-confirm-refund-part = Mark { $part } as returned to { $name }? Return the money at the payment provider first. They read:
dash-do-gift = Give { $credits }
dash-do-correct = Correct by { $credits }
dash-do-ban = Shut out
dash-do-message = Send
dash-do-refund-part = Mark { $part } as returned
dash-too-few = They have { $before }, and I take no more than there is. Begin again with fewer.
dash-ticket = Ticket { $id }
dash-waiting = waiting
dash-ticket-state-open = open
dash-ticket-state-in-progress = answered
dash-ticket-state-resolved = resolved
dash-answer = Your answer
dash-answer-missing = Write an answer of at most { $longest } characters, and open the page again if it is old.
dash-send = Send
dash-resolve = Mark as resolved
dash-us = we
dash-with-photo = a photo, see the chat
dash-pictures-of-delivered = Delivered
dash-pictures-of-not-right = Not right
dash-pictures-of-missing = Not made
dash-picture-alt = { $product }, { $style }
dash-no-name = Product
dash-no-picture = No picture
dash-packages = What is sold
dash-packages-hint = Packages and the subscription are set by PACKAGES and SUBSCRIPTION.
dash-monthly = monthly
dash-promo-codes = Promo codes
dash-styles-hint = In this order sellers find them. The first four that are on are proposed where a photo is not recognised. A card that has a style keeps it.
dash-styles-sheet = How they look
dash-styles-sheet-alt = A sheet with an example of each style, under its number
dash-style-number = No. { $number }
dash-style-on = on
dash-style-off = off
dash-style-up = Up
dash-style-down = Down
dash-style-turn-on = Turn on
dash-style-turn-off = Turn off
dash-promo-new = New promo code
dash-promo-code = Code: 3–24 Latin letters and digits
dash-promo-kind = What it gives
dash-promo-credits = Credits at once
dash-promo-percent = Per cent off the next purchase
dash-promo-value = How many credits, or how many per cent (at most 90)
dash-promo-uses = Times in all; empty for any number
dash-promo-per-person = Times a person
dash-promo-days = Days that it lasts; empty for ever
dash-promo-create = Create
dash-promo-unread = This is no code that I can make. Look at the numbers again.
dash-gives-credits = { $value ->
        [one] { $value } credit
       *[other] { $value } credits
    }
dash-gives-percent = { $value } % off
dash-broadcast = Broadcast { $id }
dash-broadcast-new = New broadcast
dash-broadcast-languages = Readers without a text in their language get the English one. A field that is empty is no text.
dash-broadcast-save = Save and look at it
dash-broadcast-read-so = It is read like this
dash-broadcast-to = To: { $segment }. Readers now: { $readers }.
dash-broadcast-unread = Choose who reads it, and write at most { $longest } characters in each language.
dash-no-text = no text yet
dash-readers-sent = Sent
dash-readers-waiting = Waiting
dash-readers-blocked = Left
dash-readers-failed = Failed
dash-readers-unknown = Not known
dash-step-pause = Pause
dash-step-resume = Go on
dash-step-cancel = Cancel
dash-live-hint = These figures keep themselves fresh.
dash-parts = Parts of the process
dash-health-ok = well
dash-health-degraded = worse than it should be
dash-health-unhealthy = unwell
dash-failed = Messages that were given up
dash-failed-hint = { $count ->
        [one] One message could not be handled.
       *[other] { $count } messages could not be handled.
    }
dash-none-failed = None.
dash-done-gift = Given, and the person knows.
dash-done-correct = Corrected, and the person knows.
dash-done-ban = Shut out, and the person knows why.
dash-done-message = Sent.
dash-done-refund-part = The part is given back, and the person knows.
dash-done-untold = Done, but I could not tell the person.
dash-done-unsent = It was not sent: I could not reach the person.
dash-done-unban = The person is let in.
dash-done-refunded = The money is back.
dash-done-refund-refused = Telegram refused the refund. Nothing has changed: the credits are back with the buyer. The log says why.
dash-done-refund-unknown = Telegram did not answer. The credits are taken back; I go on asking by myself until it is refunded.
dash-done-settled = It is settled.
dash-done-settled-before = It was settled already.
dash-done-settled-held = It is written down, but it fits no order: it is held.
dash-done-settled-failed = It could not be settled this time either. The log says why; I go on trying.
dash-done-answered = Your answer has arrived.
dash-done-unanswered = Your answer is written down, but I could not bring it to the person.
dash-done-resolved = The ticket is resolved.
dash-done-promo = The code works from now on.
dash-done-promo-exists = There is such a code already; it is left as it is.
dash-done-styles = Sellers see it so from now on.
dash-done-broadcast-written = Saved. Nobody has read it yet.
dash-done-broadcast-tried = It is in your chat, as its readers will get it.
dash-done-broadcast-untried = I could not bring it to your chat.
dash-done-retried = It is tried again.
dash-done-retry-gone = It is not there any more.
dash-standing = What stands now
dash-no-alerts = No alert stands.
dash-happened = What happened in the last days
dash-rules = What I warn of
dash-rules-hint = What stays beyond its limit for a minute is told to you. A warning waits for the end of your quiet hours, what is critical does not.
dash-rule-name-response-time = Answers
dash-rule-name-error-rate = Requests that fail
dash-rule-name-processing-time = Jobs of the queue
dash-rule-name-cpu = Processor
dash-rule-name-memory = Memory
dash-rule-name-disk = Disk
dash-rule-name-cache-hit-rate = Answered by caches
dash-rule-name-active-requests = Requests at once
dash-rule-name-database-pool = Connections to the database
dash-rule-name-image-queue = Pictures that wait for a thread
dash-rule-name-open-circuits = Providers’ endpoints not asked for now
dash-rule-now = now { $value }
dash-rule-above = { $critical ->
        [none] warning from { $warning }
       *[other] warning from { $warning }, critical from { $critical }
    }
dash-rule-below = { $critical ->
        [none] warning below { $warning }
       *[other] warning below { $warning }, critical below { $critical }
    }
dash-rule-warning = Warning, { $unit ->
        [seconds] in seconds
        [percent] in per cent
       *[count] as a number
    }
dash-rule-critical = Critical, in the same unit; empty for never
dash-rule-save = Save
dash-rule-unread = These are no limits that I can keep. Both are numbers, and the warning comes before what is critical.
dash-process = This process
dash-process-hint = The one that answers you, in the last five minutes.
dash-process-cpu = Processor
dash-process-memory = Memory
dash-process-memory-note = { $size } MB
dash-process-disk = Disk
dash-process-loop = Event loop
dash-process-loop-note = It waits { $delay } ms at most
dash-process-requests = Requests at once
dash-process-requests-note = { $perSecond } a second
dash-process-answer = An answer takes
dash-process-failed = Requests that failed
dash-process-jobs = Jobs in hand
dash-process-jobs-note = { $count } wait
dash-process-job = A job takes
dash-process-connections = Connections in use
dash-process-database-note = The database has { $size } MB
dash-process-up = Up
dash-process-up-note = { $percent } % of the last day
dash-caches = Caches
dash-col-cache = Cache
dash-col-filled = Filled
dash-col-hits = Answered
dash-col-questions = Questions
dash-col-evictions = Pushed out
dash-col-stale = Old values given
dash-by-token = a program (ADMIN_API_TOKEN)
dash-done-thresholds = The limits count from now on.
dash-done-limit = The limit counts from now on, in all processes within seconds.
dash-limits-hint = Each limit slides: no stretch as long as its time holds more. What you change here counts at once and ends by itself; what is to last stands in the configuration.
dash-limit-in-force = { $most } in { $window }
dash-limit-configured = as configured
dash-limit-until = until
dash-limit-usual = As usual: { $most }
dash-limit-then = then { $usual } again
dash-limit-by = set by { $who }
dash-limit-most = How many
dash-limit-time = For how long
dash-limit-unit = In
dash-limit-unit-minutes = minutes
dash-limit-unit-hours = hours
dash-limit-unit-days = days
dash-limit-why = Why? It is kept in the audit
dash-limit-set = Set
dash-limits-unread = Say how many, from 1 to 1,000,000, for how long, up to 30 days, and why, in up to { $longest } characters.
dash-limits-waiting = Who waits
dash-limits-waiting-hint = Whom the process that shows this page makes wait now, the longest first.
